import { splitByMagic } from './by-magic.ts'
import type { ByteReader } from './byte-reader.ts'
import type { Structure } from './structure.ts'

// The name of the outermost chunk.
const magic = Buffer.from('726966662e91cf11a5d628db04c10000', 'hex')
const headerBytes = 40
const maxChunks = 10_000

/** Sony's Wave64: chunks with a name of 16 bytes and a size of 8, which counts both. ffmpeg takes a shorter file for all of
 *  it. */
export async function inspectW64(reader: ByteReader): Promise<Structure> {
  const found = await splitByMagic(reader, magic)
  const data = found.parts.length === 1 ? await findW64Data(reader) : undefined
  if (!data || isUnknownW64Size(data.statedBytes)) return found
  const isCut = data.position + Number(data.statedBytes) > reader.sizeBytes
  const isStated = isCut && data.bytesPerSecond > 0
  return {
    ...found,
    isCut,
    ...(isStated ? { statedSeconds: (Number(data.statedBytes) - 24) / data.bytesPerSecond } : {}),
  }
}

/** What a recorder states that writes to a pipe: nothing, or a number close to the largest. */
export function isUnknownW64Size(statedBytes: bigint): boolean {
  return statedBytes <= 24n || statedBytes > BigInt(Number.MAX_SAFE_INTEGER)
}

/** The chunk with the sound. */
export async function findW64Data(
  reader: ByteReader,
): Promise<{ position: number; statedBytes: bigint; bytesPerSecond: number } | undefined> {
  let bytesPerSecond = 0
  let position = headerBytes
  for (let count = 0; count < maxChunks && position < reader.sizeBytes; count++) {
    const chunk = await reader.at(position, 36)
    if (chunk.length < 24) return undefined
    const name = chunk.toString('latin1', 0, 4)
    const statedBytes = chunk.readBigUInt64LE(16)
    if (name === 'data') return { position, statedBytes, bytesPerSecond }
    if (isUnknownW64Size(statedBytes)) return undefined
    if (name === 'fmt ' && chunk.length === 36) bytesPerSecond = chunk.readUInt32LE(32)
    position += Math.ceil(Number(statedBytes) / 8) * 8
  }
  return undefined
}
