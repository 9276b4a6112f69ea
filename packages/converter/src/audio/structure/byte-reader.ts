import type { FileHandle } from 'node:fs/promises'

/** Reads a file in windows: headers that lie close together cost one read. */
export interface ByteReader {
  readonly sizeBytes: number
  /** The bytes from there; fewer at the end of the file. Valid until the next call.
   *  @param length - at most 65,536 */
  at(position: number, length: number): Promise<Buffer>
  /** The whole file from there, in pieces of a megabyte; each overlaps the one before, so that nothing is cut in two.
   *  @param overlap - in bytes */
  pieces(from: number, overlap: number): AsyncGenerator<{ position: number; bytes: Buffer }>
}

const windowBytes = 256 * 1024
const pieceBytes = 1024 * 1024

/** @param signal - aborting makes the next read reject with its reason */
export function createByteReader(file: FileHandle, sizeBytes: number, signal?: AbortSignal): ByteReader {
  let start = 0
  let held: Buffer = Buffer.alloc(0)
  return {
    sizeBytes,
    async at(position, length) {
      const end = Math.min(position + length, sizeBytes)
      if (position < start || end > start + held.length) {
        signal?.throwIfAborted()
        held = await read(file, position, Math.max(length, windowBytes))
        start = position
      }
      return held.subarray(position - start, Math.max(position, end) - start)
    },
    async *pieces(from, overlap) {
      for (let position = from; position < sizeBytes; ) {
        signal?.throwIfAborted()
        const bytes = await read(file, position, pieceBytes)
        if (bytes.length === 0) return
        yield { position, bytes }
        if (position + bytes.length >= sizeBytes) return
        position += bytes.length - overlap
      }
    },
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}
