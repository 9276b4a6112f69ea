const minuteMs = 60_000
const hourMs = 3_600_000

/** A wait in words, such as "in 30 seconds": whole units, rounded up.
 *  @param waitMs - in milliseconds, above 0 */
export function formatWait(waitMs: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  if (waitMs <= 90_000) return format.format(Math.ceil(waitMs / 1_000), 'second')
  if (waitMs <= 90 * minuteMs) return format.format(Math.ceil(waitMs / minuteMs), 'minute')
  return format.format(Math.ceil(waitMs / hourMs), 'hour')
}
