/** Longest file name, in characters. It fits every file system, also with non-ASCII letters. */
const maxLength = 120

/** Name of a video's audio for its owner: of `holiday.mov`, `holiday.mp3`.
 *  @param videoName - as uploaded; any text */
export function audioFileName(videoName: string, extension: string): string {
  const name = videoName.split(/[\\/]/).at(-1) ?? ''
  const stem = name
    .replace(/\p{Cc}|\p{Cf}/gu, '')
    .trim()
    .replace(/(?<=.)\.[a-z\d]{1,5}$/iu, '')
    .replace(/^\.+/, '')
    .trim()
  return `${[...stem].slice(0, maxLength).join('') || 'audio'}.${extension}`
}
