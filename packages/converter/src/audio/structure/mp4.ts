import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

/** A fragmented recording has two boxes for each second or, of some programs, for each frame; more are a hostile file's. */
const maxBoxes = 10_000_000
const maxParts = 1_000

/** ISO/IEC 14496-12: boxes follow each other; a second `ftyp` after an index is another recording. A fragmented
 *  recording states no length: only its last box shows that it was cut off. */
export async function inspectMp4(reader: ByteReader): Promise<Structure> {
  const starts: number[] = []
  let hasIndex = false
  let isFragmented = false
  let isCut = false
  let last = ''
  let position = 0
  for (let count = 0; position < reader.sizeBytes && count < maxBoxes; count++) {
    const header = await reader.at(position, 16)
    if (header.length < 8) break
    const type = header.toString('latin1', 4, 8)
    if (!/^[\w\xa9 -]{4}$/.test(type)) break
    const size = boxSize(header, reader.sizeBytes - position)
    if (size === undefined) break
    if (type === 'ftyp' && hasIndex && starts.length < maxParts) {
      starts.push(position)
      hasIndex = false
    }
    if (type === 'moov') hasIndex = true
    if (type === 'moof') isFragmented = true
    last = type
    position += size
  }
  if (isFragmented) isCut = (position > reader.sizeBytes && /^(moof|mdat)$/.test(last)) || last === 'moof'
  return { parts: splitAt(starts, reader.sizeBytes), isCut, isBroken: false }
}

function boxSize(header: Buffer, restBytes: number): number | undefined {
  const size = header.readUInt32BE(0)
  if (size === 0) return restBytes
  if (size === 1) return header.length < 16 ? undefined : Number(header.readBigUInt64BE(8))
  return size < 8 ? undefined : size
}
