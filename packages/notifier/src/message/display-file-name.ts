/** Longest name that is shown, in characters. */
const maxLength = 100

// Control characters could end a header or forge lines of the text; direction marks could show `gpj.exe` as `exe.jpg`.
const unshowable =
  /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]+/gu

/** A file name, which a stranger may have chosen, as one harmless line. A long one loses its middle, not its ending. */
export function displayFileName(fileName: string): string {
  const line = fileName.replace(unshowable, ' ').replace(/\s+/gu, ' ').trim()
  if (line === '') return 'audio'
  const characters = [...new Intl.Segmenter('en').segment(line)].map(({ segment }) => segment)
  if (characters.length <= maxLength) return line
  const ending = 20
  return `${characters.slice(0, maxLength - ending - 1).join('')}…${characters.slice(-ending).join('')}`
}
