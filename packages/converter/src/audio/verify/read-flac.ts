import type { FileHandle } from 'node:fs/promises'
import { type AudioFile, AudioFileFault, readExactly } from './audio-file.ts'

/** Reads the block STREAMINFO of a FLAC file, which is always the first (RFC 9639, 8.2). */
export async function readFlac(file: FileHandle): Promise<AudioFile> {
  const bytes = await readExactly(file, 0, 42)
  if (bytes.toString('latin1', 0, 4) !== 'fLaC') throw new AudioFileFault('it is no FLAC file')
  const sampleRate = bytes.readUIntBE(18, 3) >> 4
  const channels = (((bytes[20] ?? 0) >> 1) & 7) + 1
  const samples = ((bytes[21] ?? 0) & 15) * 2 ** 32 + bytes.readUInt32BE(22)
  return {
    codec: 'flac',
    sampleRate,
    channels,
    durationSeconds: sampleRate === 0 ? 0 : samples / sampleRate,
    statedBytes: undefined,
  }
}
