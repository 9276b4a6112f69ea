import type { ByteReader } from './byte-reader.ts'
import type { Structure } from './structure.ts'
import { walkFrames } from './walk-frames.ts'

// ETSI TS 102 114: a frame of the core, and what extends it.
const core = 0x7ffe8001
const extension = 0x64582025

/** Bare DTS in words of 16 bits, the first byte first; of the other kinds nothing is known. */
export function inspectDts(reader: ByteReader): Promise<Structure> {
  return walkFrames(reader, { headBytes: 10, frameBytes })
}

function frameBytes(bytes: Buffer, at: number): number | undefined {
  const sync = bytes.readUInt32BE(at)
  if (sync === core) return ((bytes.readUIntBE(at + 5, 3) >> 4) & 0x3fff) + 1
  if (sync !== extension) return undefined
  const isLong = ((bytes[at + 5] ?? 0) & 0x20) !== 0
  // 16 bits behind a size of 8, or 20 behind one of 12.
  return isLong
    ? ((bytes.readUIntBE(at + 6, 4) >>> 5) & 0xfffff) + 1
    : ((bytes.readUIntBE(at + 6, 3) >> 5) & 0xffff) + 1
}
