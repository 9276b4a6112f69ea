/** Longest reason that is shown, in characters. */
const maxLength = 500

/** A reason as one harmless line of text: no control characters, which could forge lines or end a header. */
export function displayReason(reason: string): string {
  const line = reason
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`
}
