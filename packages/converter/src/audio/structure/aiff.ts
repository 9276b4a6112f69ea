import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

const maxForms = 1_000

/** IFF: forms with their sizes follow each other. */
export async function inspectAiff(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  const starts: number[] = []
  let position = 0
  for (let count = 0; count < maxForms && position < sizeBytes; count++) {
    const head = await reader.at(position, 12)
    if (head.length < 12 || head.toString('latin1', 0, 4) !== 'FORM') break
    if (position > 0) starts.push(position)
    const size = head.readUInt32BE(4)
    position += 8 + size + (size % 2)
  }
  return { parts: splitAt(starts, sizeBytes), isCut: position > sizeBytes + 1, isBroken: false }
}
