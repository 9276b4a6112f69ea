import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

// The identifiers of the objects at the top, as they stand in a file.
const header = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')
const data = Buffer.from('3626b2758e66cf11a6d900aa0062ce6c', 'hex')
const maxObjects = 10_000

export async function inspectAsf(reader: ByteReader): Promise<Structure> {
  const starts: number[] = []
  let position = 0
  let isCut = false
  for (let count = 0; count < maxObjects && position < reader.sizeBytes; count++) {
    const object = await reader.at(position, 24)
    if (object.length < 24) break
    const size = Number(object.readBigUInt64LE(16))
    // A live recording does not know the size of its data.
    if (size < 24) break
    const id = object.subarray(0, 16)
    if (id.equals(header) && position > 0) starts.push(position)
    position += size
    isCut = id.equals(data) && position > reader.sizeBytes
  }
  return { parts: splitAt(starts, reader.sizeBytes), isCut, isBroken: false }
}
