import { isAbsolute } from 'node:path'

/** Containers that ffmpeg may open; it refuses all others. Of each, the demuxer opens nothing but the file itself; mov
 *  follows references to other files only by an option that is not given here. Playlists are refused, and what names
 *  further files or addresses (hls, dash, concat, sdp, imf, mlv, image2, vobsub): ffmpeg would follow a playlist that is
 *  renamed to .mp4. */
export const containers: readonly string[] = [
  // Video of phones, browsers, cameras, television.
  ...['mov', 'matroska', 'webm', 'avi', 'flv', 'live_flv', 'mpegts', 'mpeg', 'asf', 'ogg', 'nut', 'rm'],
  ...['mxf', 'dv', 'gxf', 'wtv', 'pva', 'nuv'],
  // Audio in a container.
  ...['wav', 'w64', 'aiff', 'au', 'caf', 'flac', 'wv', 'ape', 'tta', 'tak', 'mpc', 'mpc8', 'oma', 'voc'],
  ...['xwma', 'dsf', 'iff', 'sox', 'ircam', 'nistsphere', 'avr'],
  // Bare streams, and what telephones and dictation machines record.
  ...['mp3', 'aac', 'loas', 'ac3', 'eac3', 'dts', 'dtshd', 'truehd', 'mlp'],
  ...['amr', 'amrnb', 'amrwb', 'gsm', 'qcp', 'dss', 'ilbc', 'shn'],
]

/** Pixels of the largest picture that is looked at, a little more than 8K. ffmpeg decodes pictures to learn their size,
 *  attached ones too: a cover of 100 kB may need a gigabyte. */
const maxPixels = 40_000_000

/** Options before the input for ffmpeg and ffprobe: only local files and parts of them, only the containers above, no pictures
 *  that are too large. */
export const safeInputOptions: readonly string[] = [
  '-protocol_whitelist',
  'file,subfile',
  '-format_whitelist',
  containers.join(','),
  '-max_pixels:v',
  String(maxPixels),
]

/** A path as an argument for both tools, which cannot be mistaken for an option, a pattern or a protocol.
 *  @param path - absolute */
export function fileAddress(path: string): string {
  if (!isAbsolute(path)) throw new TypeError(`expected an absolute path, got ${JSON.stringify(path)}`)
  return `file:${path}`
}

/** A part of a file as an argument for both tools.
 *  @param path - absolute
 *  @param range - in bytes */
export function partAddress(path: string, { start, end }: { start: number; end: number }): string {
  return `subfile,,start,${start},end,${end},,:${fileAddress(path)}`
}
