import { ObjectId } from 'mongodb'
import { type BlobInfo, metadataOf } from '../blob.ts'
import { offsetConflict } from '../blob-errors.ts'
import type { AppendOptions, NewResumableBlob, ResumableBlob, ResumableBlobs } from '../resumable-blobs.ts'
import {
  chunkSizeBytes,
  parseBlobId,
  type ResumableRecord,
  requireBlobId,
  resumableEntry,
  toBlobInfo,
  toBuffer,
} from './collections.ts'
import type { Connection } from './connection.ts'
import { durable } from './durable.ts'
import { GridFsAppend } from './gridfs-append.ts'
import { completeBlob } from './gridfs-complete.ts'
import { removeBlob } from './remove-blob.ts'

/** Memory that one writer may use. */
export interface ReservedChunks {
  chunksPerInsert: number
  release(): void
}

/** Resumable blobs in GridFS. The record in `fs.unfinished` says how far a blob is; its chunks are those of the later
 *  file. */
export class GridFsResumableBlobs implements ResumableBlobs {
  readonly #connection: Connection
  readonly #reserve: () => ReservedChunks

  constructor(connection: Connection, reserve: () => ReservedChunks) {
    this.#connection = connection
    this.#reserve = reserve
  }

  async begin(blob: NewResumableBlob): Promise<ResumableBlob> {
    await this.#connection.prepare()
    const _id = new ObjectId()
    const { notes = {} } = blob
    const resumable: ResumableRecord = {
      filename: blob.fileName,
      contentType: blob.contentType,
      metadata: metadataOf(blob, _id.toHexString()),
      notes,
      totalBytes: blob.totalBytes,
      createdAt: new Date(),
      chunkCount: 0,
      tail: new Uint8Array(),
    }
    const entry = { _id, since: blob.expiresAt, resumable }
    await this.#connection.run(({ unfinished }) => unfinished.insertOne(entry, durable))
    return toResumableBlob(_id, blob.expiresAt, resumable)
  }

  async find(id: string): Promise<ResumableBlob | undefined> {
    const _id = parseBlobId(id)
    if (!_id) return undefined
    const entry = await this.#connection.run(({ unfinished }) => unfinished.findOne(resumableEntry(_id)))
    return entry?.resumable && toResumableBlob(_id, entry.since, entry.resumable)
  }

  async append(id: string, source: AsyncIterable<Buffer>, options: AppendOptions): Promise<number> {
    const _id = requireBlobId(id)
    const { chunksPerInsert, release } = this.#reserve()
    try {
      const append = new GridFsAppend(this.#connection, _id, chunksPerInsert)
      return await append.run(source, options)
    } finally {
      release()
    }
  }

  async complete(id: string): Promise<BlobInfo> {
    const _id = requireBlobId(id)
    const blob = await this.find(id)
    if (blob && blob.offset !== blob.totalBytes)
      throw offsetConflict(id, { expected: blob.totalBytes, given: blob.offset })
    return toBlobInfo(await completeBlob(this.#connection, _id))
  }

  async discard(id: string): Promise<boolean> {
    const _id = parseBlobId(id)
    if (!_id) return false
    return await this.#connection.run(async collections => {
      // A running append fails when it finds this mark. If this process dies now, a sweep goes on.
      const mark = { $set: { sweeping: true, since: new Date() } }
      const { matchedCount } = await collections.unfinished.updateOne(resumableEntry(_id), mark)
      if (matchedCount === 0) return false
      await removeBlob(collections, _id)
      return true
    })
  }
}

function offsetOf({ chunkCount, tail }: ResumableRecord): number {
  return chunkCount * chunkSizeBytes + toBuffer(tail).length
}

function toResumableBlob(_id: ObjectId, expiresAt: Date, record: ResumableRecord): ResumableBlob {
  const { filename: fileName, contentType, metadata, notes, totalBytes, createdAt } = record
  const offset = offsetOf(record)
  return {
    id: _id.toHexString(),
    fileName,
    contentType,
    metadata,
    notes,
    totalBytes,
    offset,
    createdAt,
    expiresAt,
  }
}
