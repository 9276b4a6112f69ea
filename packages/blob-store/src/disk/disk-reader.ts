import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { BlobStoreError, type ByteRange } from '../blob-store.ts'

/** Bytes of one read, and the most that a reader holds in memory. */
const pieceBytes = 64 * 1024

/** Streams a range of an open file, and closes the file.
 *
 *  `createReadStream` does not fit: it goes on reading a deleted file, and ends without an error when a file is shorter
 *  than expected. */
export class DiskReader extends Readable {
  readonly #id: string
  readonly #file: FileHandle
  #position: number
  readonly #end: number

  constructor(id: string, file: FileHandle, { start, end }: ByteRange) {
    super({ highWaterMark: 1 })
    this.#id = id
    this.#file = file
    this.#position = start
    this.#end = end
  }

  override _read(): void {
    this.#readPiece().then(
      piece => this.push(piece),
      error => this.destroy(this.#translate(error)),
    )
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#file.close().then(() => callback(error), callback)
  }

  /** Gives `null` after the last byte. */
  async #readPiece(): Promise<Buffer | null> {
    const wanted = Math.min(pieceBytes, this.#end + 1 - this.#position)
    if (wanted === 0) return null
    const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(wanted), 0, wanted, this.#position)
    if (bytesRead === 0 || (await this.#file.stat()).nlink === 0) throw this.#gone()
    this.#position += bytesRead
    return buffer.subarray(0, bytesRead)
  }

  #gone(): BlobStoreError {
    return new BlobStoreError(
      'ERR_BLOB_NOT_FOUND',
      `Blob ${this.#id} ends at byte ${this.#position}: it was deleted while it was read, or is damaged.`,
    )
  }

  #translate(error: Error): Error {
    if (error instanceof BlobStoreError) return error
    return new BlobStoreError('ERR_STORE_UNAVAILABLE', `Blob ${this.#id} cannot be read: ${error.message}`, {
      cause: error,
    })
  }
}
