import type { Hash } from 'node:crypto'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type BlobInfo, BlobStoreError, type BlobWriter } from '@jackalope/blob-store'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import { fileTooLarge } from './admit-upload.ts'

export interface FileIntakeOptions {
  /** Largest file that is accepted, in bytes. */
  maxBytes: number
  /** Starts the blob; called with the first byte. */
  create: () => BlobWriter
  /** Is fed with the file. */
  hash?: Hash
}

/** Passes a file on to the store while it arrives. Fails with 413 when the file is too large, with 422 when it is empty.
 *  `keep` makes the blob visible, when the rest of the form is valid too. */
export class FileIntake extends Writable {
  readonly #options: FileIntakeOptions
  #writer: BlobWriter | undefined
  #sizeBytes = 0

  constructor(options: FileIntakeOptions) {
    super()
    this.#options = options
  }

  /** Makes the blob visible.
   *  @throws the error of the file or of the store */
  async keep(): Promise<BlobInfo> {
    await finished(this)
    const writer = this.#writer as BlobWriter
    writer.end()
    await finished(writer)
    return writer.stored as BlobInfo
  }

  /** Resolves when everything stored has been removed; at once if the store has failed. The writer logs a failed removal.
   *  @param reason - the error that ended the upload */
  async discard(reason: unknown): Promise<void> {
    // `destroy` may emit one more error, which is irrelevant now.
    this.on('error', () => {}).destroy()
    const removed = this.#writer?.abort().catch(() => {})
    // With the store away, do not wait for the removal: it would delay the answer.
    if (!(reason instanceof BlobStoreError)) await removed
  }

  override _write(piece: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#sizeBytes += piece.length
    if (this.#sizeBytes > this.#options.maxBytes) {
      callback(fileTooLarge(this.#options.maxBytes))
      return
    }
    this.#options.hash?.update(piece)
    this.#writer ??= this.#begin()
    this.#writer.write(piece, callback)
  }

  /** Writes all waiting pieces at once. formidable continues to read after any write, and each read adds several pieces:
   *  with single writes, a store slower than the network would let them pile up in memory. */
  override _writev(pieces: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    this._write(Buffer.concat(pieces.map(({ chunk }) => chunk)), '', callback)
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (this.#sizeBytes > 0) callback()
    else callback(problem(uploads.fileEmpty, { detail: 'The file is empty.' }))
  }

  #begin(): BlobWriter {
    const writer = this.#options.create()
    writer.once('error', error => this.destroy(error))
    return writer
  }
}
