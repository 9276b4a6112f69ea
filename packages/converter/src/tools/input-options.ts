import { isAbsolute } from 'node:path'

/** Containers that are opened. Everything else is refused before it is read: playlists and other formats that name
 *  further files or addresses above all (a playlist renamed to .mp4 would otherwise be followed). */
export const containers = 'mov,matroska,webm,avi,flv,mpegts,mpeg,asf,wav,mp3,aac,ogg,flac'

/** Options before the input, of ffmpeg and ffprobe alike: only local files, only the containers above. */
export const safeInputOptions: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  containers,
]

/** How both tools are told a path, so that no name is taken for an option, a pattern or a protocol.
 *  @param path - absolute. */
export function fileAddress(path: string): string {
  if (!isAbsolute(path)) throw new TypeError(`expected an absolute path, got ${JSON.stringify(path)}`)
  return `file:${path}`
}
