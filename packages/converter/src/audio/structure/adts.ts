import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

const headerBytes = 7

/** ISO/IEC 13818-7, bare AAC: each frame has a header with its format and length. */
export async function inspectAdts(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  const formats = new Set<number>()
  let position = 0
  let isCut = false
  while (position < sizeBytes) {
    const head = await reader.at(position, headerBytes)
    const format = head.length < headerBytes ? undefined : adtsFormat(head)
    // A tag before or after the sound, or damage, of which ffmpeg tells.
    if (format === undefined) break
    formats.add(format)
    const length = (head.readUIntBE(3, 3) >> 5) & 0x1fff || headerBytes
    position += length
    isCut = position > sizeBytes
  }
  return { ...wholeStructure(sizeBytes), isCut, isUniform: formats.size === 1 && position >= sizeBytes }
}

/** Profile, sample rate and channels of the frame that begins there; `undefined` if none does. */
export function adtsFormat(bytes: Buffer): number | undefined {
  if (bytes.length < 4 || (bytes.readUInt16BE(0) & 0xfff6) !== 0xfff0) return undefined
  return bytes.readUInt16BE(2) & 0xfdc0
}
