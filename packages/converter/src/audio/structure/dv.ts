import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

// IEC 61834-2: a frame has 10 sequences of 12,000 bytes in systems of 60 fields, and 12 in those of 50. Kinds of more bytes have
// several times as many.
const sequenceBytes = 12_000
const isOf50 = 0x80

/** Bare DV: all frames have the same length. */
export async function inspectDv(reader: ByteReader): Promise<Structure> {
  const head = await reader.at(0, 4)
  const whole = wholeStructure(reader.sizeBytes)
  // The first block of a frame is a header.
  if (head.length < 4 || (head[0] ?? 0) >> 5 !== 0) return whole
  const frameBytes = sequenceBytes * (((head[3] ?? 0) & isOf50) !== 0 ? 12 : 10)
  return { ...whole, isCut: reader.sizeBytes % frameBytes !== 0 }
}
