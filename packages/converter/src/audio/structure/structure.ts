/** A part of a file, in bytes; the end is not in it. */
export interface ByteRange {
  start: number
  end: number
}

/** What the bytes of a file show that ffmpeg does not tell. */
export interface Structure {
  /** The recordings in it: more than one when files were joined byte by byte. ffmpeg would read the first one only. */
  parts: ByteRange[]
  /** Whether the file was cut off, or begins in the middle. */
  isCut: boolean
  /** Whether something is missing inside. */
  isBroken: boolean
  /** Length that the file states of itself, in seconds, where ffmpeg takes that of what is left. */
  statedSeconds?: number
  /** Whether the format of the sound - rate, channels - is known to stay the same to the end. @default true */
  isUniform?: boolean
  /** Messages about so many packets have another reason than damage: tags between frames. */
  excusedErrors?: number
  /** Of so many frames that could not be decoded, too: what looks like a frame in junk at the end. Else a frame of an MP3 is sound. @default 0 */
  excusedFrames?: number
}

export function wholeStructure(sizeBytes: number): Structure {
  return { parts: [{ start: 0, end: sizeBytes }], isCut: false, isBroken: false }
}

/** @param starts - where recordings begin, after the first one */
export function splitAt(starts: readonly number[], sizeBytes: number): ByteRange[] {
  const bounds = [0, ...starts.filter(start => start > 0 && start < sizeBytes), sizeBytes]
  return bounds.slice(1).map((end, i) => ({ start: bounds[i] ?? 0, end }))
}
