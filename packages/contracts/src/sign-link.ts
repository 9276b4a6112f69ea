import { createHmac, timingSafeEqual } from 'node:crypto'

/** Shortest `LINK_SECRET`, in bytes: a key of HMAC-SHA256 has the length of its output at least (RFC 2104, section 3). */
export const minLinkSecretBytes = 32

/** Lifetime of a link, in seconds. The links in mails live as long as possible. */
export const linkLifetimeSeconds = { min: 60, max: 7 * 24 * 3_600, default: 3_600 } as const

/** Latest time that an ISO date of four digits for the year can tell, in seconds since the epoch. */
const maxExpires = Date.UTC(9999, 11, 31) / 1_000

/** A link that anybody who has it may use until it expires. */
export interface SignedLink {
  /** Absolute. */
  url: string
  expiresAt: Date
}

export interface LinkOptions {
  /** Address of the gateway, as users reach it, without a trailing slash. */
  publicUrl: string
  /** Key of the signature; the gateway's `LINK_SECRET`. */
  secret: string
  /** When the link expires; a fraction of a second is cut off. @default in seven days */
  expiresAt?: Date
}

/** Makes a link to an audio file that works without logging in. */
export function signLink(audioId: string, { publicUrl, secret, expiresAt }: LinkOptions): SignedLink {
  const end = expiresAt ?? new Date(Date.now() + linkLifetimeSeconds.max * 1_000)
  const expires = String(Math.floor(end.getTime() / 1_000))
  const query = new URLSearchParams({ expires, signature: signature(audioId, expires, secret) })
  return {
    url: `${publicUrl}/files/${encodeURIComponent(audioId)}?${query}`,
    expiresAt: new Date(Number(expires) * 1_000),
  }
}

/** Checks a link's query. The time that it takes does not depend on how much of the signature is right.
 *  @param secrets - any of them may have signed it
 *  @param now - in milliseconds since the epoch. @default the clock
 *  @returns `expired` only for a link that was valid once: other links tell nothing */
export function verifyLink(
  audioId: string,
  { expires, signature: given }: { expires: string; signature: string },
  secrets: string | readonly string[],
  now: number = Date.now(),
): 'valid' | 'expired' | 'forged' {
  if (!/^\d{1,12}$/.test(expires) || Number(expires) > maxExpires) return 'forged'
  // The signed text is compared as it came: "010" and "10" are the same time, and only one of them was signed.
  if (![secrets].flat().some(secret => isSame(given, signature(audioId, expires, secret)))) return 'forged'
  return Number(expires) * 1_000 > now ? 'valid' : 'expired'
}

function isSame(given: string, signed: string): boolean {
  const expected = Buffer.from(signed)
  const actual = Buffer.from(given.slice(0, expected.length + 1))
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function signature(audioId: string, expires: string, secret: string): string {
  return createHmac('sha256', secret).update(`${audioId}\n${expires}`).digest('base64url')
}
