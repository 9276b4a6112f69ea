import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

const headerBytes = 13
const tagTypes = [8, 9, 18]
const maxParts = 1_000

/** Tags follow each other; in place of one, another recording may begin. */
export async function inspectFlv(reader: ByteReader): Promise<Structure> {
  const starts: number[] = []
  let position = headerBytes
  let isCut = false
  while (position < reader.sizeBytes && starts.length < maxParts) {
    const head = await reader.at(position, 11)
    if (head.toString('latin1', 0, 4) === 'FLV\x01') {
      starts.push(position)
      position += headerBytes
      continue
    }
    if (head.length < 4 || !tagTypes.includes((head[0] ?? 0) & 0x1f)) break
    position += 11 + head.readUIntBE(1, 3) + 4
    // The size of the last tag, which follows it, may be left out.
    isCut = position - 4 > reader.sizeBytes
  }
  return { parts: splitAt(starts, reader.sizeBytes), isCut, isBroken: false }
}
