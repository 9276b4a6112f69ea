/** A limit of the configuration, where 0 is none, for an answer. */
export function nullIfNone(limit: number): number | null {
  return limit === 0 ? null : limit
}
