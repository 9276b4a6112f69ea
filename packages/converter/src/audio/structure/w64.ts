import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

const headerBytes = 40
const maxChunks = 10_000

/** Sony's Wave64: chunks with a name of 16 bytes and a size of 8, which counts both. ffmpeg takes a shorter file for all of
 *  it. */
export async function inspectW64(reader: ByteReader): Promise<Structure> {
  const whole = wholeStructure(reader.sizeBytes)
  let bytesPerSecond = 0
  let position = headerBytes
  for (let count = 0; count < maxChunks && position < reader.sizeBytes; count++) {
    const chunk = await reader.at(position, 36)
    if (chunk.length < 24) break
    const name = chunk.toString('latin1', 0, 4)
    const size = Number(chunk.readBigUInt64LE(16))
    // A recorder that writes to a pipe states the largest number.
    if (size < 24 || size > Number.MAX_SAFE_INTEGER) break
    if (name === 'fmt ' && chunk.length === 36) bytesPerSecond = chunk.readUInt32LE(32)
    if (name === 'data') {
      const isCut = position + size > reader.sizeBytes
      const isStated = isCut && bytesPerSecond > 0
      return { ...whole, isCut, ...(isStated ? { statedSeconds: (size - 24) / bytesPerSecond } : {}) }
    }
    position += Math.ceil(size / 8) * 8
  }
  return whole
}
