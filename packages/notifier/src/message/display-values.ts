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

const sizeUnits = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** A file name as one line of at most 100 characters. A long name loses its middle and keeps its extension. */
export function displayFileName(fileName: string): string {
  const line = asOneLine(fileName, unshowableInName)
  if (line === '') return 'audio'
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
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes
  let index = 0
  // 999.5 would be shown as 1000: it belongs to the next unit.
  while (value >= 999.5 && index < sizeUnits.length - 1) {
    value /= 1000
    index += 1
  }
  const digits = index === 0 || value >= 9.95 ? 0 : 1
  return `${value.toFixed(digits)} ${index === 0 && value === 1 ? 'byte' : sizeUnits[index]}`
}

/** `47 s`, `3 min 20 s`, `1 h 2 min`: at most two units. */
export function formatDuration(durationSeconds: number): string {
  const seconds = Math.round(durationSeconds)
  if (seconds < 1) return 'less than 1 s'
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** `Sunday 6 December 2026 at 19:10 UTC`: mails are read in any time zone. */
export function displayTime(time: Date): string {
  return `${timeFormat.format(time)} UTC`
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
