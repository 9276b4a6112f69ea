import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { BlobInfo, BlobWriter } from '@jackalope/blob-store'
import { HttpProblem } from '@jackalope/service-kit'

export interface FileIntakeOptions {
  /** Largest file that is taken, in bytes. */
  maxBytes: number
  /** Begins the blob; called with the first byte. */
  create: () => BlobWriter
}

/** Passes a file on to the store while it arrives. Fails with 413 when it gets too large, with 422 when it ends empty.
 *  Its end does not make the blob visible: `keep` does, when the rest of the form is known to be in order. */
export class FileIntake extends Writable {
  readonly #options: FileIntakeOptions
  #writer: BlobWriter | undefined
  #sizeBytes = 0

  constructor(options: FileIntakeOptions) {
    super()
    this.#options = options
  }

  /** Makes the blob visible.
   *  @throws what the file or its storing failed with. */
  async keep(): Promise<BlobInfo> {
    await finished(this)
    const writer = this.#writer as BlobWriter
    writer.end()
    await finished(writer)
    return writer.stored as BlobInfo
  }

  /** Resolves when nothing of the file is left. What could not be removed is logged by the writer. */
  async discard(): Promise<void> {
    // `destroy` may make a last error known, which is of no interest any more.
    this.on('error', () => {}).destroy()
    await this.#writer?.abort().catch(() => {})
  }

  override _write(piece: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#sizeBytes += piece.length
    if (this.#sizeBytes > this.#options.maxBytes) {
      callback(fileTooLarge(this.#options.maxBytes))
      return
    }
    this.#writer ??= this.#begin()
    this.#writer.write(piece, callback)
  }

  /** All that waits, at once. formidable reads on as soon as any piece is written, and each read brings more than one:
   *  piece by piece, a store slower than the network would have ever more of them waiting in memory. */
  override _writev(pieces: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    this._write(Buffer.concat(pieces.map(({ chunk }) => chunk)), '', callback)
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (this.#sizeBytes > 0) callback()
    else callback(new HttpProblem(422, { code: 'file-empty', detail: 'The file is empty.' }))
  }

  #begin(): BlobWriter {
    const writer = this.#options.create()
    writer.once('error', error => this.destroy(error))
    return writer
  }
}

export function fileTooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, {
    code: 'file-too-large',
    detail: `The file may have ${maxBytes} bytes at most.`,
    extensions: { maxBytes },
  })
}
