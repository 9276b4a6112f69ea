import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

/** Many frames are looked at in one turn: a hostile file has hundreds of millions of 4 bytes each. */
const blockBytes = 65_536

/** A kind of bare stream, in which frame follows frame. */
export interface FrameKind {
  /** Bytes of a frame that tell its length. */
  headBytes: number
  /** Length of the frame that begins there; `undefined` if none does. */
  frameBytes(bytes: Buffer, at: number): number | undefined
}

/** Each frame tells its length. ffmpeg says nothing of a last one that is not whole. */
export async function walkFrames(reader: ByteReader, kind: FrameKind): Promise<Structure> {
  const { sizeBytes } = reader
  const whole = wholeStructure(sizeBytes)
  let position = 0
  while (position < sizeBytes) {
    const bytes = await reader.at(position, blockBytes)
    const walked = walkBlock(bytes, kind)
    const isEnd = position + bytes.length >= sizeBytes
    // Something else, of which ffmpeg tells; or less than a header.
    if (!walked || (isEnd && walked < bytes.length)) return whole
    position += walked
  }
  return { ...whole, isCut: position > sizeBytes }
}

/** Length of the frames that begin in a block; `undefined` if something else is between them. */
function walkBlock(bytes: Buffer, { headBytes, frameBytes }: FrameKind): number | undefined {
  let at = 0
  while (at + headBytes <= bytes.length) {
    const length = frameBytes(bytes, at)
    if (!length) return undefined
    at += length
  }
  return at
}
