import type { ZodOpenApiHeaderObject } from 'zod-openapi'

type HeaderSchema = { type: 'string' | 'integer'; format?: string; minimum?: number; pattern?: string }

/** What a header's value looks like; any other header is a text. */
const schemas: Readonly<Record<string, HeaderSchema>> = {
  'content-length': { type: 'integer', minimum: 0 },
  etag: { type: 'string', pattern: '^(W/)?"[\\x21\\x23-\\x7E]*"$' },
  location: { type: 'string', format: 'uri-reference' },
  'retry-after': { type: 'integer', minimum: 0 },
  'upload-length': { type: 'integer', minimum: 0 },
  'upload-offset': { type: 'integer', minimum: 0 },
}

export function headerSchema(name: string): HeaderSchema {
  return schemas[name.replace(/\?$/, '').toLowerCase()] ?? { type: 'string' }
}

/** Headers of every answer of an operation, under their names among the components. */
export const commonHeaders: Readonly<Record<string, { component: string; header: ZodOpenApiHeaderObject }>> =
  {
    'X-Request-Id': {
      component: 'RequestId',
      header: {
        description: "The request's id; log lines bear it too. A harmless one of the client is taken over.",
        required: true,
        schema: { type: 'string' },
      },
    },
    RateLimit: {
      component: 'RateLimit',
      header: {
        description:
          'What is left of the limit that is the nearest to its end (draft-ietf-httpapi-ratelimit-headers).',
        schema: { type: 'string' },
      },
    },
    'RateLimit-Policy': {
      component: 'RateLimitPolicy',
      header: {
        description: 'The limits that hold for the request (draft-ietf-httpapi-ratelimit-headers).',
        schema: { type: 'string' },
      },
    },
  }

const challenge = 'How to prove who you are (RFC 9110, section 11.6.1).'
const wait = 'Seconds to wait before the request is sent again.'

/** Headers that a problem of this status has besides. */
export const problemHeaders: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  400: { 'WWW-Authenticate?': challenge },
  401: { 'WWW-Authenticate': challenge },
  403: { 'WWW-Authenticate?': challenge },
  409: { 'Retry-After?': 'Seconds after which the request can succeed.' },
  412: { 'ETag?': 'Tag of the file as it is.' },
  416: { 'Accept-Ranges?': '`bytes`', 'Content-Range': 'The length of the file: `bytes */LENGTH`.' },
  423: { 'Retry-After?': wait },
  429: { 'Retry-After': wait },
  503: { 'Retry-After': wait },
}
