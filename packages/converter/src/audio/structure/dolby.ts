import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

/** Bit rates of AC-3, in kbit/s (ETSI TS 102 366, table 4.13). */
const kilobits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640]
const sampleRates = [48_000, 44_100, 32_000]

/** Bare AC-3 and E-AC-3: each frame tells its length. ffmpeg says nothing of a last one that is not whole. */
export async function inspectDolby(reader: ByteReader): Promise<Structure> {
  const whole = wholeStructure(reader.sizeBytes)
  let position = 0
  while (position < reader.sizeBytes) {
    const length = frameBytes(await reader.at(position, 6))
    // Something else, of which ffmpeg tells.
    if (length === undefined) return whole
    position += length
  }
  return { ...whole, isCut: position > reader.sizeBytes }
}

/** `undefined` if no frame begins there. */
function frameBytes(head: Buffer): number | undefined {
  if (head.length < 6 || head.readUInt16BE(0) !== 0x0b77) return undefined
  const [, , , , size = 0, version = 0] = head
  if (version >> 3 > 10) return 2 * ((head.readUInt16BE(2) & 0x07ff) + 1)
  const rate = sampleRates[size >> 6]
  const bitrate = kilobits[(size & 63) >> 1]
  if (rate === undefined || bitrate === undefined) return undefined
  // A frame has 1536 samples; at 44.1 kHz every other one has a word more.
  const words = Math.floor((bitrate * 96_000) / rate)
  return 2 * (rate === 44_100 ? words + (size & 1) : words)
}
