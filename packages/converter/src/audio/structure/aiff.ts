import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

const maxForms = 1_000
const maxChunks = 10_000

/** IFF: forms with their sizes follow each other. Recorders that write to a pipe state 0, or a size close to the largest: the
 *  file is as long as it is. */
export async function inspectAiff(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  const starts: number[] = []
  let position = 0
  for (let count = 0; count < maxForms && position < sizeBytes; count++) {
    const head = await reader.at(position, 12)
    if (head.length < 12 || head.toString('latin1', 0, 4) !== 'FORM') break
    if (position > 0) starts.push(position)
    const size = head.readUInt32BE(4)
    if (isUnknownSize(size)) return await inspectOpen(reader, position, starts)
    position += 8 + size + (size % 2)
  }
  return { parts: splitAt(starts, sizeBytes), isCut: position > sizeBytes + 1, isBroken: false }
}

/** 0, or so much as no recorder writes: SoX states 7f000000 and the bytes of the headers. */
export function isUnknownSize(size: number): boolean {
  return size === 0 || size >= 0x7f00_0000
}

/** A form that goes on to the end of the file. */
async function inspectOpen(reader: ByteReader, start: number, starts: number[]): Promise<Structure> {
  const sound = await findAiffSound(reader, start)
  const seconds = sound && sound.bytesPerFrame > 0 && sound.rate > 0 ? sound.frames / sound.rate : undefined
  const isStated = starts.length === 0 && seconds !== undefined
  return {
    ...{ parts: splitAt(starts, reader.sizeBytes), isCut: false, isBroken: false },
    ...(isStated ? { statedSeconds: seconds } : {}),
  }
}

/** The sound of a form that goes on to the end of the file. */
export interface AiffSound {
  /** Where the chunks with the format and the sound begin. */
  formatAt: number
  soundAt: number
  bytesPerFrame: number
  rate: number
  /** How many frames are there. */
  frames: number
}

/** `undefined` if it has no sound of a known format; an AIFF-C of a codec has none. */
export async function findAiffSound(reader: ByteReader, start: number): Promise<AiffSound | undefined> {
  let format: { at: number; bytesPerFrame: number; rate: number } | undefined
  let position = start + 12
  for (let count = 0; count < maxChunks && position < reader.sizeBytes; count++) {
    const chunk = await reader.at(position, 8 + 22)
    if (chunk.length < 16) return undefined
    const type = chunk.toString('latin1', 0, 4)
    const size = chunk.readUInt32BE(4)
    if (type === 'COMM' && chunk.length >= 26) {
      const isPcm = size === 18 || /^(NONE|sowt|twos)/.test(chunk.toString('latin1', 26, 30))
      const bytesPerFrame = isPcm ? chunk.readUInt16BE(8) * Math.ceil(chunk.readUInt16BE(14) / 8) : 0
      format = { at: position, bytesPerFrame, rate: readExtended(chunk, 16) }
    }
    if (type === 'SSND') {
      if (!format) return undefined
      const bytes = reader.sizeBytes - (position + 16 + chunk.readUInt32BE(8))
      const frames = format.bytesPerFrame > 0 ? Math.floor(Math.max(0, bytes) / format.bytesPerFrame) : 0
      const { at: formatAt, bytesPerFrame, rate } = format
      return { formatAt, soundAt: position, bytesPerFrame, rate, frames }
    }
    position += 8 + size + (size % 2)
  }
  return undefined
}

/** A number of 80 bits (IEEE 754, extended), positive and whole. */
function readExtended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) & 0x7fff
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16_383 - 63)
}
