/** How lengths and sizes are written in one language. */
export interface LengthTexts {
  /** `6.0 s`, `12 min 5 s`, `6 h 0 min`. */
  duration(seconds: number): string
  /** A share: `6.0 of 10.0 s`, `59.0 s of 1 h 2 min`. */
  part(partSeconds: number, wholeSeconds: number): string
  /** `12 MB`, rounded up. */
  megabytes(bytes: number): string
  /** `7 days`, `36 hours`, `90 seconds`: the largest unit that it is a whole number of. */
  span(seconds: number): string
}

/** Singular and plural of a unit. */
type Unit = readonly [one: string, many: string]

const spans = [86_400, 3_600, 60, 1] as const

/** @param language.of - stands between a part and its whole
 *  @param language.point - stands before the decimals
 *  @param language.units - days, hours, minutes, seconds */
export function lengthTexts(language: {
  of: string
  point: string
  units: readonly [Unit, Unit, Unit, Unit]
}): LengthTexts {
  const { of, point, units } = language
  const decimal = (seconds: number) => seconds.toFixed(1).replace('.', point)
  function duration(seconds: number): string {
    if (seconds < 100) return `${decimal(seconds)} s`
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  }
  return {
    duration,
    part: (part, whole) =>
      whole < 100
        ? `${decimal(part)} ${of} ${duration(whole)}`
        : `${duration(part)} ${of} ${duration(whole)}`,
    megabytes: bytes => `${Math.ceil(bytes / 1e6)} MB`,
    span(seconds) {
      const fitting = spans.findIndex(length => seconds >= length && seconds % length === 0)
      const index = fitting === -1 ? spans.length - 1 : fitting
      const count = Math.round(seconds / (spans[index] ?? 1))
      const [one, many] = units[index] ?? units[3]
      return `${count} ${count === 1 ? one : many}`
    },
  }
}
