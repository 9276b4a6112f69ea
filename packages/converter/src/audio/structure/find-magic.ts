import type { ByteReader } from './byte-reader.ts'

/** Bytes after a match that are looked at. */
const contextBytes = 64

/** Positions where a sequence of bytes stands, from a position on.
 *  @param isRight - checks what follows
 *  @param max - the search ends there */
export async function findMagic(
  reader: ByteReader,
  magic: Buffer,
  from: number,
  isRight: (bytes: Buffer) => boolean,
  max: number,
): Promise<number[]> {
  const found: number[] = []
  for await (const { position, bytes } of reader.pieces(from, contextBytes)) {
    for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) {
      const place = position + at
      if (place > (found.at(-1) ?? -1) && isRight(bytes.subarray(at, at + contextBytes))) found.push(place)
      if (found.length > max) return found
    }
  }
  return found
}
