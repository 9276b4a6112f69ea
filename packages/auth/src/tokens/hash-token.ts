import { createHash } from 'node:crypto'

/** SHA-256 of a random token, in base64url. A token of 256 random bits cannot be guessed from it, however fast it is. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
