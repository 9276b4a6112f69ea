import { AudioFileFault } from './audio-file.ts'

export interface Box {
  /** Four characters. */
  type: string
  content: Buffer
}

/** The boxes of an MP4 file that lie one after another in these bytes (ISO/IEC 14496-12, 4.2). */
export function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at)
    if (size < 8 || at + size > bytes.length) throw new AudioFileFault('a box of its index has a wrong size')
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), content: bytes.subarray(at + 8, at + size) })
    at += size
  }
  return boxes
}

/** The content of the box at the end of a path of types.
 *  @throws {AudioFileFault} if there is none */
export function findBox(bytes: Buffer, ...path: string[]): Buffer {
  let content = bytes
  for (const type of path) {
    const found = boxesIn(content).find(box => box.type === type)
    if (!found) throw new AudioFileFault(`its index has no box "${type}"`)
    content = found.content
  }
  return content
}
