import type { Readable } from 'node:stream'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isUnavailable } from './blob-errors.ts'
import type { BlobInfo, BlobWriter } from './blob-store.ts'

/** How a store writes one blob. Each step starts after the one before it has ended. */
export interface BlobStaging {
  readonly id: string
  begin(): Promise<void>
  /** @param isAborted - whether the rest need not be written */
  append(piece: Buffer, isAborted: () => boolean): Promise<void>
  /** Makes the blob visible as a whole. */
  commit(): Promise<BlobInfo>
  /** Removes everything, also after `commit` or after a step that failed. */
  remove(): Promise<void>
}

export interface StagedBlobWriterOptions {
  staging: BlobStaging
  highWaterMark: number
  /** Called when the parts of an aborted blob could not be removed; a sweep removes them later. */
  onLeftBehind: (id: string, error: unknown) => void
}

/** A writer whose stream ends in one of two ways: the blob is visible, or all its parts are removed. */
export class StagedBlobWriter extends Writable implements BlobWriter {
  readonly id: string
  sizeBytes = 0
  stored: BlobInfo | undefined

  readonly #staging: BlobStaging
  readonly #onLeftBehind: StagedBlobWriterOptions['onLeftBehind']
  /** The running step. It must end before anything is removed. */
  #step: Promise<void> = Promise.resolve()
  #removal: Promise<void> | undefined
  #leftBehind: unknown

  constructor({ staging, highWaterMark, onLeftBehind }: StagedBlobWriterOptions) {
    super({ highWaterMark })
    this.id = staging.id
    this.#staging = staging
    this.#onLeftBehind = onLeftBehind
  }

  override _construct(callback: (error?: Error | null) => void): void {
    this.#run(() => this.#staging.begin(), callback)
  }

  override _write(piece: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.sizeBytes += piece.length
    this.#run(() => this.#staging.append(piece, () => this.destroyed), callback)
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#run(async () => {
      this.stored = await this.#staging.commit()
    }, callback)
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.writableFinished) {
      callback(error)
      return
    }
    this.#removal = this.#removeAll()
    // With the store away, do not wait for the removal: it would delay the error by another time limit.
    if (isUnavailable(error)) callback(error)
    else this.#removal.then(() => callback(error))
  }

  async abort(): Promise<void> {
    if (this.writableFinished) return
    this.destroy()
    if (!this.closed) await new Promise<void>(resolve => this.once('close', resolve))
    await this.#removal
    if (this.#leftBehind) throw this.#leftBehind
  }

  async #removeAll(): Promise<void> {
    await this.#step.catch(() => {}) // reported already, or irrelevant after the abort
    try {
      await this.#staging.remove()
    } catch (error) {
      this.#leftBehind = error
      this.#onLeftBehind(this.id, error)
    }
  }

  #run(step: () => Promise<void>, callback: (error?: Error | null) => void): void {
    this.#step = step()
    this.#step.then(() => callback(), callback)
  }
}

/** Stores a whole stream. If the source fails, everything written is removed and the source's error is thrown. */
export async function writeAll(source: Readable, writer: BlobWriter): Promise<BlobInfo> {
  try {
    await pipeline(source, writer)
  } catch (error) {
    // The pipeline does not wait for the removal. A failed removal is logged, and the first error is thrown.
    if (!isUnavailable(error)) await writer.abort().catch(() => {})
    throw error
  }
  return writer.stored as BlobInfo
}
