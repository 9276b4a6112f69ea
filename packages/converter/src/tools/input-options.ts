import { isAbsolute } from 'node:path'

/** Containers that ffmpeg may open; it refuses all others. Playlists are refused, which name further files or addresses:
 *  ffmpeg would follow a playlist that is renamed to .mp4. */
export const containers = 'mov,matroska,webm,avi,flv,mpegts,mpeg,asf,wav,mp3,aac,ogg,flac'

/** Options before the input for ffmpeg and ffprobe: only local files, only the containers above. */
export const safeInputOptions: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  containers,
]

/** A path as an argument for both tools, which cannot be mistaken for an option, a pattern or a protocol.
 *  @param path - absolute */
export function fileAddress(path: string): string {
  if (!isAbsolute(path)) throw new TypeError(`expected an absolute path, got ${JSON.stringify(path)}`)
  return `file:${path}`
}
