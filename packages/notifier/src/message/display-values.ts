import type { Language } from '@jackalope/contracts'
import { fill, textsIn } from './language.ts'

// How values look in the text of a mail. Names and reasons may come from strangers: each becomes one harmless line.

/** Longest file name that is shown, in characters. */
const maxNameLength = 100

/** A long file name keeps this many characters of its end, in which its extension is. */
const keptEnding = 20

/** Longest reason that is shown, in characters. */
const maxReasonLength = 500

// Control characters could end a header or forge lines of the text; direction marks could show `gpj.exe` as `exe.jpg`.
const unshowableInName =
  /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]+/gu
const unshowableInReason = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** A file name as one line of at most 100 characters. A long name loses its middle and keeps its extension. */
export function displayFileName(fileName: string, language?: Language): string {
  const line = asOneLine(fileName, unshowableInName)
  if (line === '') return textsIn(language).noName
  const characters = [...new Intl.Segmenter('en').segment(line)].map(({ segment }) => segment)
  if (characters.length <= maxNameLength) return line
  const beginning = characters.slice(0, maxNameLength - keptEnding - 1)
  return `${beginning.join('')}…${characters.slice(-keptEnding).join('')}`
}

/** An e-mail address as one line of at most 100 characters. */
export function displayAddress(address = 'unknown'): string {
  return displayFileName(address)
}

/** A reason of failure as one line of at most 500 characters. */
export function displayReason(reason: string): string {
  const line = asOneLine(reason, unshowableInReason)
  return line.length <= maxReasonLength ? line : `${line.slice(0, maxReasonLength - 1)}…`
}

function asOneLine(text: string, unshowable: RegExp): string {
  return text.replace(unshowable, ' ').replace(/\s+/gu, ' ').trim()
}

/** `8.4 MB`: units are powers of 1000, as in file managers. Below 10, one digit stands after the point. */
export function formatSize(sizeBytes: number, language?: Language): string {
  const { locale, sizes, oneByte } = textsIn(language)
  let value = sizeBytes
  let index = 0
  // 999.5 would be shown as 1000: it belongs to the next unit.
  while (value >= 999.5 && index < sizes.length - 1) {
    value /= 1000
    index += 1
  }
  if (index === 0 && value === 1) return oneByte
  const digits = index === 0 || value >= 9.95 ? 0 : 1
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }
  return `${new Intl.NumberFormat(locale, options).format(value)} ${sizes[index]}`
}

/** `47 s`, `3 min 20 s`, `1 h 2 min`: at most two units. */
export function formatDuration(durationSeconds: number, language?: Language): string {
  const units = textsIn(language).durations
  const seconds = Math.round(durationSeconds)
  if (seconds < 1) return units.none
  if (seconds < 60) return `${seconds} ${units.seconds}`
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), units.minutes, seconds % 60, units.seconds)
  const minutes = Math.round(seconds / 60)
  return joinUnits(Math.floor(minutes / 60), units.hours, minutes % 60, units.minutes)
}

/** `Sunday 6 December 2026 at 19:10 UTC`: mails are read in any time zone. */
export function displayTime(time: Date, language?: Language): string {
  const texts = textsIn(language)
  const options = { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' } as const
  return fill(texts.time, { time: new Intl.DateTimeFormat(texts.locale, options).format(time) })
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
