/** A readable text for whatever a processor threw. Never throws. */
export function describeReason(reason: unknown): string {
  if (typeof reason === 'string') return reason
  try {
    return String(reason)
  } catch {
    return 'the processor threw something that has no text'
  }
}
