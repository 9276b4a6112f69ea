import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

const indexMark = Buffer.from('4e58dd672f23e64e', 'hex')

/** NUT ends with an index, whose length stands before its checksum. A recording without one was cut off, or written by a program that
 *  few have. */
export async function inspectNut(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  const whole = wholeStructure(sizeBytes)
  const tail = Buffer.from(await reader.at(Math.max(0, sizeBytes - 12), 12))
  if (tail.length < 12) return whole
  const indexBytes = Number(tail.readBigUInt64BE(0))
  const isThere = indexBytes >= 12 && indexBytes <= sizeBytes
  const mark = isThere ? await reader.at(sizeBytes - indexBytes, 8) : Buffer.alloc(0)
  return { ...whole, isCut: !mark.equals(indexMark) }
}
