/** Statuses of a receiver that has too much to do (Standard Webhooks, "Operational considerations"; RFC 9110, section 10.2.3). */
const busyStatuses: ReadonlySet<number> = new Set([429, 503])

/** How long a receiver wants to be left alone, in milliseconds; `undefined` if it does not say.
 *  @param retryAfter - the header: seconds, or a date */
export function readRetryAfter(
  status: number,
  retryAfter: string | undefined,
  now = Date.now(),
): number | undefined {
  if (!busyStatuses.has(status) || retryAfter === undefined) return undefined
  const text = retryAfter.trim()
  const waitMs = /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now
  return waitMs > 0 ? Math.round(waitMs) : undefined
}
