import { formatBytes } from './format-amounts.ts'

// How numbers, sizes and times are written, by the reader's language.

/** `3.2 MB/s` */
export function formatRate(bytesPerSecond: number, locale: string): string {
  return `${formatBytes(Math.round(bytesPerSecond), locale)}/s`
}

/** `45 %`
 *  @param percent - 0 to 100 */
export function formatPercent(percent: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    Math.floor(percent) / 100,
  )
}

/** `3:24`, `1:02:03`: as players write lengths. */
export function formatLength(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** A wait in round numbers: `5 sec`, `12 min`, `1 hr, 5 min`. */
export function formatWait(seconds: number, locale: string): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  if (seconds < 60) return unit(Math.max(1, Math.ceil(seconds)), 'second')
  if (seconds < 3_600) return unit(Math.ceil(seconds / 60), 'minute')
  const minutes = Math.ceil(seconds / 60)
  return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`
}

/** `30 Nov 2026, 05:20` */
export function formatTime(time: string | number | Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time))
}

/** `30 Nov 2026` */
export function formatDate(time: string | number | Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(time))
}

/** The form of a word that a number takes: `plural(2, 'en', { one: 'file', other: 'files' })`. */
export function plural<Text>(count: number, locale: string, forms: { one: Text; other: Text }): Text {
  return new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.other
}
