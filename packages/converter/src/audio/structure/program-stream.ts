import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

const tailBytes = 65_536
const endMark = 0xb9
const packStart = Buffer.from('000001ba', 'hex')

/** ISO/IEC 13818-1, program streams: whether the last packet is whole. A recording that does not end with a mark may
 *  be whole all the same. */
export async function inspectProgramStream(reader: ByteReader): Promise<Structure> {
  const from = Math.max(0, reader.sizeBytes - tailBytes)
  const tail = await reader.at(from, tailBytes)
  let position = tail.lastIndexOf(packStart)
  const whole = wholeStructure(reader.sizeBytes)
  if (position < 0) return whole
  while (position + 4 <= tail.length) {
    if (tail.readUIntBE(position, 3) !== 1) return whole
    const id = tail[position + 3] ?? 0
    if (id === endMark) return whole
    if (position + 6 > tail.length) break
    position += id === 0xba ? packBytes(tail, position) : 6 + tail.readUInt16BE(position + 4)
  }
  return { ...whole, isCut: position !== tail.length }
}

/** Length of the header of a pack: of MPEG-1, or of MPEG-2 with stuffing. */
function packBytes(bytes: Buffer, at: number): number {
  return ((bytes[at + 4] ?? 0) & 0xc0) === 0x40 ? 14 + ((bytes[at + 13] ?? 0) & 7) : 12
}
