import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

/** Sun's AU: the header states the size of the data, or the largest number for "not known". */
export async function inspectAu(reader: ByteReader): Promise<Structure> {
  const head = await reader.at(0, 12)
  const whole = wholeStructure(reader.sizeBytes)
  if (head.length < 12 || head.toString('latin1', 0, 4) !== '.snd') return whole
  const dataBytes = head.readUInt32BE(8)
  const isStated = dataBytes !== 0xffff_ffff && dataBytes !== 0
  return { ...whole, isCut: isStated && head.readUInt32BE(4) + dataBytes > reader.sizeBytes }
}
