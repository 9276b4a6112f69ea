/** What an explanation is filled with, by its code: numbers in the unit that the name ends with, names as the file has them. What ends
 *  with `?` may be left out. Codes and parameters are stored: never give one another meaning. */
export const explanationParams = {
  // Why a file is not converted.
  'file-empty': {},
  'file-not-media': {},
  'file-index-missing': {},
  'file-too-demanding': {},
  'no-audio-track': {},
  'audio-track-empty': {},
  'track-missing': { track: 'number', tracks: 'text' },
  'language-missing': { language: 'text', tracks: 'text' },
  'channels-unknown': { channels: 'text' },
  'decoder-missing': { codec: 'text' },
  'codecs-unknown': { codecs: 'text' },
  'sample-rate-absurd': { sampleRate: 'number' },
  'not-decodable': {},
  'read-in-part': { readSeconds: 'number', statedSeconds: 'number' },
  'read-until': { readSeconds: 'number' },
  'audio-too-long': { maxSeconds: 'number', seconds: 'number?' },
  'audio-too-large': { maxBytes: 'number', sizeBytes: 'number?', format: 'text?' },
  'part-empty': { startSeconds: 'number', endSeconds: 'number?' },
  'video-deleted': {},
  'audio-deleted': {},
  'canceled-by-owner': {},
  // Faults of ours.
  'fault-of-ours': {},
  'fault-of-ours-lasted': { hours: 'number' },
  'attempt-failed': {},
  'reason-of-ours': {},
  'waits-for-us': {},
  'converter-stopped': {},
  // What is wrong with a recording that was converted.
  'cut-off': { gotSeconds: 'number' },
  'ends-early': { gotSeconds: 'number', statedSeconds: 'number' },
  'damaged-in-part': { gotSeconds: 'number', statedSeconds: 'number' },
  'damaged-for': { seconds: 'number' },
  'damaged-somewhere': {},
  'clock-jumps': { seconds: 'number' },
  'track-changes': { atSeconds: 'number' },
  'recordings-missing': { recordings: 'number', read: 'number' },
  'tracks-skipped': { skipped: 'number', tracks: 'text', track: 'number' },
  // Why audio is gone.
  'audio-expired': { keptSeconds: 'number' },
  'audio-lost': {},
  // Why a webhook was not delivered.
  'webhook-status': { status: 'number' },
  'webhook-timeout': { seconds: 'number' },
  'webhook-address-refused': {},
  'webhook-name-unknown': {},
  'webhook-lookup-failed': {},
  'webhook-connection-refused': {},
  'webhook-connection-lost': {},
  'webhook-connection-failed': { code: 'text?' },
  'webhook-tls-invalid': { code: 'text' },
  'webhook-answer-invalid': { code: 'text' },
  'webhook-headers-too-large': {},
  'webhook-redirects-too-often': { redirects: 'number' },
  'webhook-redirect-invalid': {},
  'webhook-disabled': {},
  'account-locked': {},
} as const

export type ExplanationCode = keyof typeof explanationParams

type Kinds<Code extends ExplanationCode> = (typeof explanationParams)[Code]
type ValueOf<Kind> = Kind extends 'number' | 'number?' ? number : string
type Optional<Code extends ExplanationCode> = {
  [Name in keyof Kinds<Code>]: Kinds<Code>[Name] extends `${string}?` ? Name : never
}[keyof Kinds<Code>]

/** The parameters of an explanation. */
export type ParamsOf<Code extends ExplanationCode> = {
  [Name in Exclude<keyof Kinds<Code>, Optional<Code>>]: ValueOf<Kinds<Code>[Name]>
} & { [Name in Optional<Code>]?: ValueOf<Kinds<Code>[Name]> | undefined }

/** All that is explained, in one language. A language that lacks a text does not compile. */
export type ExplanationTexts = { readonly [Code in ExplanationCode]: (params: ParamsOf<Code>) => string }
