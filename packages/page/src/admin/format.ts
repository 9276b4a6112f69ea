import { formatBytes, formatNumber } from '../texts/format-amounts.ts'
import { locale } from '../texts/locale.ts'

/** A number of the reader's language; a dash for one that is not known. */
export function count(value: number | undefined): string {
  return value === undefined ? '–' : formatNumber(value, locale.value)
}

/** A size of the reader's language; a dash for one that is not known. */
export function size(bytes: number | undefined): string {
  return bytes === undefined ? '–' : formatBytes(bytes, locale.value)
}
