import type { ByteReader } from './byte-reader.ts'
import { findMagic } from './find-magic.ts'
import { type Structure, splitAt } from './structure.ts'

// RFC 8794 and RFC 9559.
const ebmlMagic = Buffer.from('1a45dfa3', 'hex')
const segmentMagic = Buffer.from('18538067', 'hex')
const maxParts = 1_000

/** A segment has a size, after which another recording may begin; or none, as browsers write it: then its beginning is
 *  searched for. */
export async function inspectMatroska(reader: ByteReader): Promise<Structure> {
  const starts: number[] = []
  let position = 0
  while (starts.length < maxParts) {
    const end = await endOfSegment(reader, position)
    if (end === undefined) {
      const found = await findMagic(reader, ebmlMagic, position + 4, isHeader, maxParts)
      starts.push(...found)
      break
    }
    if (end >= reader.sizeBytes) break
    const next = await reader.at(end, 64)
    if (!next.subarray(0, 4).equals(ebmlMagic) || !isHeader(next)) break
    starts.push(end)
    position = end
  }
  return { parts: splitAt(starts, reader.sizeBytes), isCut: false, isBroken: false }
}

function isHeader(bytes: Buffer): boolean {
  return bytes.includes('webm') || bytes.includes('matroska')
}

/** `undefined` if the segment states no size. */
async function endOfSegment(reader: ByteReader, start: number): Promise<number | undefined> {
  const bytes = await reader.at(start, 512)
  const at = bytes.indexOf(segmentMagic)
  if (at < 0) return undefined
  const first = bytes[at + 4] ?? 0
  const length = Math.clz32(first) - 23
  if (length < 1 || length > 8 || at + 4 + length > bytes.length) return undefined
  const size = bytes.subarray(at + 4, at + 4 + length)
  let value = BigInt(first & (0xff >> length))
  for (const byte of size.subarray(1)) value = (value << 8n) | BigInt(byte)
  const isUnknown = value === (1n << BigInt(7 * length)) - 1n
  return isUnknown ? undefined : start + at + 4 + length + Number(value)
}
