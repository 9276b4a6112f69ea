import { Writable } from 'node:stream'
import { ObjectId } from 'mongodb'
import { type BlobInfo, BlobStoreError, type BlobWriter, type NewBlob } from '../blob-store.ts'
import { type ChunkDocument, chunkSizeBytes, type FileDocument, toBlobInfo } from './collections.ts'
import type { Connection } from './connection.ts'
import { isUnavailable } from './driver-errors.ts'
import { removeBlob } from './remove-blob.ts'

/** Chunks per insert, 1 MiB: twice as fast as one by one, and a third of the CPU time (measured). */
const chunksPerInsert = 4

/** For the writes that make a blob visible: they outlive a crash of the server. */
const durable = { writeConcern: { w: 'majority', journal: true } } as const

/** How often a long writing gives a sign of life, in milliseconds. */
const signOfLifeMs = 60_000

export interface GridFsBlobWriterOptions {
  blob: NewBlob
  connection: Connection
  /** Called when what an aborted writing left could not be removed; a sweep does it later. */
  onLeftBehind: (id: string, error: unknown) => void
}

/** Writes chunk after chunk, then the document that makes the blob visible.
 *
 *  The driver's own upload stream is not used: aborted while a chunk is on its way it leaves that chunk behind,
 *  and destroyed it leaves them all. */
export class GridFsBlobWriter extends Writable implements BlobWriter {
  readonly id: string
  sizeBytes = 0
  stored: BlobInfo | undefined

  readonly #objectId = new ObjectId()
  readonly #options: GridFsBlobWriterOptions
  readonly #connection: Connection
  readonly #buffer = Buffer.allocUnsafe(chunksPerInsert * chunkSizeBytes)
  #bufferedBytes = 0
  #chunkCount = 0
  #seenAtMs = 0
  /** The step under way; it must have ended before anything is removed. */
  #step: Promise<void> = Promise.resolve()
  #removal: Promise<void> | undefined
  #leftBehind: unknown

  constructor(options: GridFsBlobWriterOptions) {
    super({ highWaterMark: chunkSizeBytes })
    this.#options = options
    this.#connection = options.connection
    this.id = this.#objectId.toHexString()
  }

  override _construct(callback: (error?: Error | null) => void): void {
    this.#run(this.#begin(), callback)
  }

  override _write(piece: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#run(this.#append(piece), callback)
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#run(this.#commit(), callback)
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.writableFinished) {
      callback(error)
      return
    }
    this.#removal = this.#removeAll()
    // A server that is away would hold the error back for as long again as it took to notice.
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
    await this.#step.catch(() => {}) // told already, or of no interest any more
    try {
      await this.#connection.run(collections => removeBlob(collections, this.#objectId))
    } catch (error) {
      this.#leftBehind = error
      this.#options.onLeftBehind(this.id, error)
    }
  }

  #run(step: Promise<void>, callback: (error?: Error | null) => void): void {
    this.#step = step
    step.then(() => callback(), callback)
  }

  async #begin(): Promise<void> {
    await this.#connection.prepare()
    this.#seenAtMs = Date.now()
    const entry = { _id: this.#objectId, since: new Date() }
    await this.#connection.run(({ unfinished }) => unfinished.insertOne(entry))
  }

  async #append(piece: Buffer): Promise<void> {
    this.sizeBytes += piece.length
    for (let offset = 0; offset < piece.length; ) {
      const copied = piece.copy(this.#buffer, this.#bufferedBytes, offset)
      this.#bufferedBytes += copied
      offset += copied
      if (this.#bufferedBytes === this.#buffer.length) await this.#flush()
      if (this.destroyed) return
    }
    if (Date.now() - this.#seenAtMs > signOfLifeMs) await this.#giveSignOfLife()
  }

  async #flush(): Promise<void> {
    const documents: ChunkDocument[] = []
    for (let offset = 0; offset < this.#bufferedBytes; offset += chunkSizeBytes)
      documents.push({
        _id: new ObjectId(),
        files_id: this.#objectId,
        n: this.#chunkCount++,
        data: this.#buffer.subarray(offset, Math.min(offset + chunkSizeBytes, this.#bufferedBytes)),
      })
    await this.#connection.run(({ chunks }) => chunks.insertMany(documents))
    this.#bufferedBytes = 0
  }

  async #giveSignOfLife(): Promise<void> {
    this.#seenAtMs = Date.now()
    const entry = { _id: this.#objectId, sweeping: { $exists: false } }
    const seen = { $set: { since: new Date() } }
    const { matchedCount } = await this.#connection.run(({ unfinished }) => unfinished.updateOne(entry, seen))
    if (matchedCount === 0) throw this.#lost()
  }

  async #commit(): Promise<void> {
    if (this.#bufferedBytes > 0) await this.#flush()
    const { fileName, contentType, metadata = {} } = this.#options.blob
    const file: FileDocument = {
      _id: this.#objectId,
      length: this.sizeBytes,
      chunkSize: chunkSizeBytes,
      uploadDate: new Date(),
      filename: fileName,
      contentType,
      metadata: typeof metadata === 'function' ? metadata(this.id) : metadata,
    }
    await this.#connection.run(async ({ files, chunks, unfinished }) => {
      // A server that was restarted without its journal may have lost chunks that it had acknowledged.
      const chunkCount = await chunks.countDocuments({ files_id: this.#objectId })
      if (chunkCount !== this.#chunkCount) throw this.#lost()
      await files.insertOne(file, durable)
      const entry = { _id: this.#objectId, sweeping: { $exists: false } }
      const { deletedCount } = await unfinished.deleteOne(entry, durable)
      if (deletedCount === 0) throw this.#lost()
    })
    this.stored = toBlobInfo(file)
  }

  #lost(): BlobStoreError {
    return new BlobStoreError(
      'ERR_STORE_UNAVAILABLE',
      `Parts of blob ${this.id} are gone: the server lost them, or a sweep took the blob for abandoned. Write it again.`,
    )
  }
}
