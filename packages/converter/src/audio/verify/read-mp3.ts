import type { FileHandle } from 'node:fs/promises'
import { type AudioFile, AudioFileFault, readExactly } from './audio-file.ts'

const sampleRates = [44_100, 48_000, 32_000] as const

/** Bits of a frame's header (ISO/IEC 11172-3, 2.4.1.3; MPEG 2.5 has the value 0). */
const mpeg1 = 3
const mpeg2 = 2
const layer3 = 1
const mono = 3

/** Reads an MP3 by the header that its encoder writes into the first frame: the count of frames, and the samples to be
 *  left out at both ends. */
export async function readMp3(file: FileHandle): Promise<AudioFile> {
  const start = await afterId3(file)
  const frame = await readExactly(file, start, 200)
  const bits = frame.readUInt32BE(0)
  const version = (bits >> 19) & 3
  const rate = sampleRates[(bits >> 10) & 3]
  if (bits >>> 21 !== 0x7ff || version === 1 || ((bits >> 17) & 3) !== layer3 || rate === undefined)
    throw new AudioFileFault('it does not begin with a frame of MP3')
  const sampleRate = version === mpeg1 ? rate : version === mpeg2 ? rate / 2 : rate / 4
  const channels = ((bits >> 6) & 3) === mono ? 1 : 2
  const sideInfoBytes = version === mpeg1 ? [17, 32] : [9, 17]
  const header = frame.subarray(4 + (sideInfoBytes[channels - 1] ?? 0))
  if (!/^(Xing|Info)$/.test(header.toString('latin1', 0, 4)) || (header.readUInt32BE(4) & 7) !== 7)
    throw new AudioFileFault('it has no header with the count of its frames')
  const frames = header.readUInt32BE(8)
  const statedBytes = start + header.readUInt32BE(12)
  // After flags, frames, bytes, 100 bytes of an index, and perhaps a quality: the encoder's part, with 12 bits each.
  const encoder = header.subarray((header.readUInt32BE(4) & 8) === 0 ? 116 : 120)
  const padding = encoder.readUIntBE(21, 3)
  const samples = frames * (version === mpeg1 ? 1_152 : 576) - (padding >> 12) - (padding & 0xfff)
  return {
    codec: 'mp3',
    sampleRate,
    channels,
    durationSeconds: Math.max(0, samples) / sampleRate,
    statedBytes,
  }
}

/** Length of the ID3 tag at the start, which also holds the cover (ID3v2.4, 3.1). */
async function afterId3(file: FileHandle): Promise<number> {
  const tag = await readExactly(file, 0, 10)
  if (tag.toString('latin1', 0, 3) !== 'ID3') return 0
  return [6, 7, 8, 9].reduce((size, at) => size * 128 + ((tag[at] ?? 0) & 0x7f), 0) + 10
}
