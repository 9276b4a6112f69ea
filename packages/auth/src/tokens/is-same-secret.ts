import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares secrets in a time that tells nothing of how much of them agrees. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

// Digests have one length, as timingSafeEqual needs it, whatever the length of what is given.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
