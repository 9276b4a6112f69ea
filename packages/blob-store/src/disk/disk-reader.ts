import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { damaged } from '../blob-errors.ts'
import { BlobStoreError, type ByteRange } from '../blob-store.ts'
import { hasCode } from './disk-folder.ts'

/** Bytes of one read, and the most that a reader holds in memory. */
const pieceBytes = 64 * 1024

/** The content of a blob, opened. */
export interface OpenContent {
  id: string
  path: string
  file: FileHandle
  /** SHA-256 of the bytes to be read. @default they are not checked */
  sha256?: string | undefined
}

/** Streams a range of an open file, and closes the file.
 *
 *  `createReadStream` does not fit: it goes on reading a deleted file, and ends without an error when a file is shorter
 *  than expected. */
export class DiskReader extends Readable {
  readonly #id: string
  readonly #path: string
  readonly #file: FileHandle
  readonly #sha256: string | undefined
  readonly #hash: Hash | undefined
  #position: number
  readonly #end: number

  constructor({ id, path, file, sha256 }: OpenContent, { start, end }: ByteRange) {
    super({ highWaterMark: 1 })
    this.#id = id
    this.#path = path
    this.#file = file
    this.#sha256 = sha256
    this.#hash = sha256 === undefined ? undefined : createHash('sha256')
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
    // A deleted blob's folder was renamed. Its file may live on: a copy of the blob has the same one.
    if (bytesRead === 0 || !(await this.#isThere())) throw this.#gone()
    this.#position += bytesRead
    const piece = buffer.subarray(0, bytesRead)
    this.#hash?.update(piece)
    if (this.#position > this.#end && this.#hash && this.#hash.digest('hex') !== this.#sha256)
      throw damaged(this.#id)
    return piece
  }

  async #isThere(): Promise<boolean> {
    try {
      await stat(this.#path)
      return true
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false
      throw error
    }
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
