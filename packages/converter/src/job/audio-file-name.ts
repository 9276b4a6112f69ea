/** Longest name that every file system takes, with room for non-ASCII letters, in characters. */
const maxLength = 120

/** Name of the audio that comes from a video, as its owner shall see it: `holiday.mov` gives `holiday.mp3`.
 *  @param videoName - as uploaded; it may hold anything. */
export function audioFileName(videoName: string, extension = 'mp3'): string {
  const name = videoName.split(/[\\/]/).at(-1) ?? ''
  const stem = name
    .replace(/\p{Cc}|\p{Cf}/gu, '')
    .trim()
    .replace(/(?<=.)\.[a-z\d]{1,5}$/iu, '')
    .replace(/^\.+/, '')
    .trim()
  return `${[...stem].slice(0, maxLength).join('') || 'audio'}.${extension}`
}
