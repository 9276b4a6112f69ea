/** What the document of the API says of the API as a whole. */
export const apiInfo = {
  title: 'Jackalope',
  /** Raised with every change of the API; its first number when a client may break. */
  version: '0.2.0',
  description: `Turns videos into MP3s.

Register, verify the address, log in, upload a video, follow its job, download the audio. Programs use an API key. A page of
this service is signed in by a cookie, which counts for requests that come from that page alone.

**Errors** are problems (RFC 9457), \`application/problem+json\`. Programs look at \`code\`; [each code](/docs/problems)
has its own entry. \`requestId\` is in the service's log too.

**Limits.** \`RateLimit\` says what is left. \`429\` and \`503\` come with \`Retry-After\`.

**New members** may come to an answer, new values to \`code\`, and new events to a stream, without a new version: ignore
what you do not know.`,
  tags: {
    Accounts: 'Registration, verification, passwords, tokens, sessions, API keys.',
    Session: 'The page in a browser: signed in by a cookie.',
    Service: 'What the installation offers, and how much of it is used.',
    Uploads: 'Three ways to send a video.',
    Jobs: 'Conversions: their state, live events, cancel, retry.',
    Files: 'The audio.',
    Webhooks: 'Endpoints that are told of the ends of jobs.',
    Administration: 'For users with the role `admin`.',
    Documentation: 'The document and its pages.',
  },
} as const
