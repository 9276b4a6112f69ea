import type { ByteReader } from './byte-reader.ts'
import { findMagic } from './find-magic.ts'
import { type Structure, splitAt } from './structure.ts'

// RFC 9639: the mark, and the header of the first block, which has 34 bytes.
const magic = Buffer.from('664c614300000022', 'hex')
const maxParts = 1_000

export async function inspectFlac(reader: ByteReader): Promise<Structure> {
  const places = await findMagic(reader, magic, 0, () => true, maxParts)
  return { parts: splitAt(places.slice(1), reader.sizeBytes), isCut: false, isBroken: false }
}
