import { createHash } from 'node:crypto'
import { ObjectId } from 'mongodb'
import { metadataOf } from '../blob.ts'
import { lostChunks } from '../blob-errors.ts'
import type { BlobInfo, BlobStoreError, NewBlob } from '../blob-store.ts'
import type { BlobStaging } from '../staged-blob-writer.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { chunkSizeBytes, type FileDocument, toBlobInfo } from './collections.ts'
import type { Connection } from './connection.ts'
import { durable } from './durable.ts'
import { removeBlob } from './remove-blob.ts'

/** Interval of a writer's heartbeats, in milliseconds. */
const signOfLifeMs = 60_000

/** Writes the chunks one after the other, then the document that makes the blob visible.
 *
 *  The driver's upload stream does not fit: when it is aborted during a chunk it leaves that chunk behind, and when it
 *  is destroyed it leaves all chunks. */
export class GridFsStaging implements BlobStaging {
  readonly id: string

  readonly #objectId = new ObjectId()
  readonly #blob: NewBlob
  readonly #connection: Connection
  readonly #chunks: ChunkWriter
  readonly #hash = createHash('sha256')
  #seenAtMs = 0
  #losses = 0

  /** @param chunksPerInsert - 1 to 4; as many chunks are held in memory */
  constructor(blob: NewBlob, connection: Connection, chunksPerInsert: number) {
    this.#blob = blob
    this.#connection = connection
    this.id = this.#objectId.toHexString()
    this.#chunks = new ChunkWriter({ connection, blobId: this.#objectId, chunksPerInsert, hash: this.#hash })
  }

  async begin(): Promise<void> {
    await this.#connection.prepare()
    this.#seenAtMs = Date.now()
    this.#losses = this.#connection.losses
    const entry = { _id: this.#objectId, since: new Date() }
    await this.#connection.run(({ unfinished }) => unfinished.insertOne(entry))
  }

  async append(piece: Buffer, isAborted: () => boolean): Promise<void> {
    await this.#chunks.append(piece, isAborted)
    if (isAborted()) return
    if (Date.now() - this.#seenAtMs > signOfLifeMs) await this.#giveSignOfLife()
  }

  async #giveSignOfLife(): Promise<void> {
    this.#seenAtMs = Date.now()
    const entry = { _id: this.#objectId, sweeping: { $exists: false } }
    const seen = { $set: { since: new Date() } }
    const { matchedCount } = await this.#connection.run(({ unfinished }) => unfinished.updateOne(entry, seen))
    if (matchedCount === 0) throw this.#lost()
  }

  async commit(): Promise<BlobInfo> {
    const { sizeBytes } = this.#chunks
    await this.#chunks.flushAll()
    const { fileName, contentType } = this.#blob
    const file: FileDocument = {
      _id: this.#objectId,
      length: sizeBytes,
      chunkSize: chunkSizeBytes,
      uploadDate: new Date(),
      filename: fileName,
      contentType,
      metadata: metadataOf(this.#blob, this.id),
      sha256: this.#hash.digest('hex'),
    }
    await this.#connection.run(async ({ files, chunks, unfinished }) => {
      // A server that restarts may have lost chunks that it had not written to its journal. Counting costs some servers
      // as much as reading all chunks, so it is done in that case only.
      if (this.#losses !== (await this.#connection.askLosses())) {
        const chunkCount = await chunks.countDocuments({ files_id: this.#objectId })
        if (chunkCount !== this.#chunks.chunkCount) throw this.#lost()
      }
      await files.insertOne(file, durable)
      const entry = { _id: this.#objectId, sweeping: { $exists: false } }
      const { deletedCount } = await unfinished.deleteOne(entry, durable)
      if (deletedCount === 0) throw this.#lost()
    })
    return toBlobInfo(file)
  }

  async remove(): Promise<void> {
    await this.#connection.run(collections => removeBlob(collections, this.#objectId))
  }

  #lost(): BlobStoreError {
    return lostChunks(this.id)
  }
}
