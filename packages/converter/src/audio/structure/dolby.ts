import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'
import { walkFrames } from './walk-frames.ts'

/** Bit rates of AC-3, in kbit/s (ETSI TS 102 366, table 4.13). */
const kilobits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640]
const sampleRates = [48_000, 44_100, 32_000]

/** Bare AC-3 and E-AC-3. */
export function inspectDolby(reader: ByteReader): Promise<Structure> {
  return walkFrames(reader, { headBytes: 6, frameBytes })
}

function frameBytes(bytes: Buffer, at: number): number | undefined {
  if (bytes.readUInt16BE(at) !== 0x0b77) return undefined
  const [size = 0, version = 0] = [bytes[at + 4], bytes[at + 5]]
  if (version >> 3 > 10) return 2 * ((bytes.readUInt16BE(at + 2) & 0x07ff) + 1)
  const rate = sampleRates[size >> 6]
  const bitrate = kilobits[(size & 63) >> 1]
  if (rate === undefined || bitrate === undefined) return undefined
  // A frame has 1536 samples; at 44.1 kHz every other one has a word more.
  const words = Math.floor((bitrate * 96_000) / rate)
  return 2 * (rate === 44_100 ? words + (size & 1) : words)
}

// Of TrueHD; that of MLP ends in another bit.
const losslessSync = 0xf8726fba

/** Bare MLP and TrueHD: a unit begins with its length, in words of 16 bits, and the first one has a sync. */
export async function inspectLossless(reader: ByteReader): Promise<Structure> {
  const head = await reader.at(0, 8)
  const isOne = head.length === 8 && head.readUInt32BE(4) >>> 1 === losslessSync >>> 1
  if (!isOne) return wholeStructure(reader.sizeBytes)
  return await walkFrames(reader, {
    headBytes: 2,
    frameBytes: (bytes, at) => 2 * (bytes.readUInt16BE(at) & 0x0fff) || undefined,
  })
}
