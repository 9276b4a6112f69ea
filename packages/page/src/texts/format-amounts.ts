const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size, such as "1.5 GB": in decimal units, as most systems show files. */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3 + 1e-9)
  const index = Math.min(power, byteUnits.length - 1)
  const amount = bytes / 1_000 ** index
  const maximumFractionDigits = amount < 100 && index > 0 ? 1 : 0
  const unitDisplay = index === 0 ? 'long' : 'short'
  const style = {
    style: 'unit',
    unit: byteUnits[index] ?? 'byte',
    unitDisplay,
    maximumFractionDigits,
  } as const
  return new Intl.NumberFormat(locale, style).format(amount)
}

const timeUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** A span of time in its largest unit that fits, such as "7 days" or "90 minutes". */
export function formatSpan(seconds: number, locale: string): string {
  const [unit, size] = timeUnits.find(([, size]) => seconds >= size && seconds % size === 0) ??
    timeUnits.find(([, size]) => seconds >= 2 * size) ?? ['second', 1]
  const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, style).format(seconds / size)
}

/** Milliseconds of a request, such as "120 ms" or "2.5 s". */
export function formatMs(ms: number, locale: string): string {
  const [unit, amount] = ms < 1_000 ? ['millisecond', ms] : ['second', ms / 1_000]
  const style = { style: 'unit', unit: String(unit), unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale, style).format(Number(amount))
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value)
}
