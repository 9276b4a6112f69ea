import { z } from 'zod'
import { tokenAlgorithms, tokenType } from './access-token.ts'

/** Longest access token that is looked at, in characters. Ours have about 600. */
const maxTokenLength = 4_096

const base64url = /^[\w-]+$/

/** Whoever makes our tokens writes exactly these three: `crit`, `b64`, `jku` or `jwk` would let a token choose how it is
 *  verified (RFC 7515, section 4.1.11, and RFC 8725, section 3). */
const tokenHeader = z.strictObject({
  alg: z.enum(tokenAlgorithms),
  typ: z.literal(tokenType),
  kid: z.string().min(1).max(64),
})
export type TokenHeader = z.infer<typeof tokenHeader>

/** Reads the header of an access token, before its signature is verified: every verifier calls this first.
 *  @returns `undefined` if the token is too long or malformed, or its header has anything but what ours have */
export function readTokenHeader(token: string): TokenHeader | undefined {
  if (token.length > maxTokenLength) return undefined
  const parts = token.split('.')
  if (parts.length !== 3 || !parts.every(part => base64url.test(part))) return undefined
  try {
    return tokenHeader.parse(JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString()))
  } catch {
    return undefined
  }
}
