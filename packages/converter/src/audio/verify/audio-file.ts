import type { FileHandle } from 'node:fs/promises'

/** What an audio file says of itself, read without a program. */
export interface AudioFile {
  /** Name of the codec, as ffmpeg calls it. */
  codec: string
  sampleRate: number
  /** `undefined` where the headers do not say. */
  channels: number | undefined
  /** What a player plays, in seconds: without the padding that encoders add at both ends. */
  durationSeconds: number
  /** Bytes that the file must have by its own headers; `undefined` where they do not say. */
  statedBytes: number | undefined
}

/** Says why a file is not what it should be. */
export class AudioFileFault extends Error {}

/** Reads up to so many bytes; fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let got = 0
  while (got < length) {
    const { bytesRead } = await file.read(buffer, got, length - got, position + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return buffer.subarray(0, got)
}

/** Reads exactly so many bytes.
 *  @throws {AudioFileFault} if the file ends before */
export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = await readAt(file, position, length)
  if (bytes.length < length) throw new AudioFileFault(`it ends at byte ${position + bytes.length}`)
  return bytes
}
