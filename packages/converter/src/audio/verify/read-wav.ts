import type { FileHandle } from 'node:fs/promises'
import { type AudioFile, AudioFileFault, readExactly } from './audio-file.ts'

const maxChunks = 100

/** Reads the chunks of a WAV file, or of an RF64 file: that is a WAV of more than 4 GiB (EBU Tech 3306). */
export async function readWav(file: FileHandle): Promise<AudioFile> {
  const head = await readExactly(file, 0, 12)
  const isLarge = head.toString('latin1', 0, 4) === 'RF64'
  if ((!isLarge && head.toString('latin1', 0, 4) !== 'RIFF') || head.toString('latin1', 8, 12) !== 'WAVE')
    throw new AudioFileFault('it is no WAV file')
  let format: Buffer | undefined
  let largeBytes = 0
  let position = 12
  for (let count = 0; count < maxChunks; count++) {
    const chunk = await readExactly(file, position, 8)
    const name = chunk.toString('latin1', 0, 4)
    const sizeBytes = chunk.readUInt32LE(4)
    position += 8
    if (name === 'data') {
      const dataBytes = isLarge && sizeBytes === 0xffff_ffff ? largeBytes : sizeBytes
      return describe(format, dataBytes, position)
    }
    if (name === 'ds64') largeBytes = Number((await readExactly(file, position, 16)).readBigUInt64LE(8))
    if (name === 'fmt ') format = await readExactly(file, position, 16)
    position += sizeBytes + (sizeBytes % 2)
  }
  throw new AudioFileFault('it has no chunk of data')
}

function describe(format: Buffer | undefined, dataBytes: number, position: number): AudioFile {
  if (!format) throw new AudioFileFault('it has no chunk with its format')
  const channels = format.readUInt16LE(2)
  const sampleRate = format.readUInt32LE(4)
  const bytesPerSecond = format.readUInt32LE(8)
  return {
    codec: `pcm_s${format.readUInt16LE(14)}le`,
    sampleRate,
    channels,
    durationSeconds: bytesPerSecond === 0 ? 0 : dataBytes / bytesPerSecond,
    statedBytes: position + dataBytes,
  }
}
