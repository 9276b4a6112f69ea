import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares secrets in constant time. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

// timingSafeEqual needs inputs of equal length, which digests have.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
