const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A time as people say it: near ones from now ("5 minutes ago"), others as date and time of the reader's zone. */
export function formatWhen(at: Date, now: Date, locale: string): string {
  const ms = at.getTime() - now.getTime()
  const distance = Math.abs(ms)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (distance < 45 * second) return relative.format(0, 'second')
  if (distance < 45 * minute) return relative.format(roundAway(ms / minute), 'minute')
  if (distance < 22 * hour) return relative.format(roundAway(ms / hour), 'hour')
  if (distance < 7 * day) return relative.format(roundAway(ms / day), 'day')
  return formatDate(at, locale)
}

/** Date and time of the reader's zone. */
export function formatDate(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

/** Never 0, which would be "today" for something of yesterday evening. */
function roundAway(amount: number): number {
  return Math.sign(amount) * Math.max(1, Math.round(Math.abs(amount)))
}
