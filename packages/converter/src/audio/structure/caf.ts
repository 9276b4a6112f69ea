import { splitByMagic } from './by-magic.ts'
import type { ByteReader } from './byte-reader.ts'
import type { Structure } from './structure.ts'

// Apple's Core Audio Format: the mark, version 1, and the chunk that is always the first.
const magic = Buffer.from('caff\0\x01\0\0desc', 'latin1')
const maxChunks = 10_000

/** Chunks with a name of 4 bytes and a size of 8; a recorder that writes to a pipe states -1 for its data. */
export async function inspectCaf(reader: ByteReader): Promise<Structure> {
  const found = await splitByMagic(reader, magic)
  const start = found.parts.at(-1)?.start ?? 0
  let secondsPerByte = 0
  let position = start + 8
  for (let count = 0; count < maxChunks && position < reader.sizeBytes; count++) {
    const chunk = await reader.at(position, 12 + 32)
    if (chunk.length < 12) break
    const type = chunk.toString('latin1', 0, 4)
    const size = Number(chunk.readBigInt64BE(4))
    if (size < 0 || size > Number.MAX_SAFE_INTEGER) break
    if (type === 'desc' && chunk.length === 44) secondsPerByte = timeOfByte(chunk.subarray(12))
    const isCut = position + 12 + size > reader.sizeBytes
    if (type === 'data' && isCut) {
      const isStated = found.parts.length === 1 && secondsPerByte > 0
      // Four bytes before the sound count edits.
      return { ...found, isCut, ...(isStated ? { statedSeconds: (size - 4) * secondsPerByte } : {}) }
    }
    position += 12 + size
  }
  return found
}

/** 0 where packets have no fixed size. */
function timeOfByte(description: Buffer): number {
  const rate = description.readDoubleBE(0)
  const bytes = description.readUInt32BE(16)
  const frames = description.readUInt32BE(20)
  return rate > 0 && bytes > 0 ? frames / bytes / rate : 0
}
