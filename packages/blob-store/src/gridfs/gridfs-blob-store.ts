import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { type Filter, ObjectId } from 'mongodb'
import { notFound, storeFull } from '../blob-errors.ts'
import { isBlobId } from '../blob-id.ts'
import type {
  BlobFilter,
  BlobInfo,
  BlobStore,
  BlobUsage,
  BlobWriter,
  ByteRange,
  NewBlob,
  StoreLogger,
} from '../blob-store.ts'
import { resolveRange } from '../byte-range.ts'
import { requireFieldName } from '../metadata-field.ts'
import type { ResumableBlobs } from '../resumable-blobs.ts'
import { type SaveOptions, saveStream } from '../save-blob.ts'
import { StagedBlobWriter, writeAll } from '../staged-blob-writer.ts'
import { type ReadOptions, readBlob } from './blob-reader.ts'
import { maxChunksPerInsert } from './chunk-writer.ts'
import { chunkSizeBytes, type FileDocument, parseBlobId, requireBlobId, toBlobInfo } from './collections.ts'
import { Connection } from './connection.ts'
import { copyBlob } from './copy-blob.ts'
import { translateError } from './driver-errors.ts'
import { GridFsResumableBlobs, type ReservedChunks } from './gridfs-resumable.ts'
import { GridFsStaging } from './gridfs-staging.ts'
import { measureUsage, measureUsageBy } from './measure-usage.ts'
import { removeBlob, removeContent, sweepUnfinished } from './remove-blob.ts'
import { StraySweep } from './sweep-strays.ts'

export interface GridFsBlobStoreOptions {
  /** Address of the server or replica set, `mongodb://` or `mongodb+srv://`. */
  url: string
  /** Name of the database; the bucket is `fs`. */
  database: string
  /** Receives warnings about failed clean-ups. @default none */
  logger?: StoreLogger
}

/** Opens a store of blobs in MongoDB's GridFS. The first call connects. While the server is away, every call fails with
 *  `ERR_STORE_UNAVAILABLE` after 5 s (10 s if the server is frozen). Calls work again when the server is back. */
export function createGridFsBlobStore(options: GridFsBlobStoreOptions): BlobStore {
  return new GridFsBlobStore(options)
}

/** With more writers at once than this, each holds a single chunk: memory counts for more than speed. */
const fastWriters = 16

class GridFsBlobStore implements BlobStore {
  readonly resumable: ResumableBlobs
  readonly #connection: Connection
  readonly #options: GridFsBlobStoreOptions
  readonly #strays = new StraySweep()
  #writers = 0

  constructor(options: GridFsBlobStoreOptions) {
    this.#options = options
    this.#connection = new Connection(options.url, options.database)
    this.resumable = new GridFsResumableBlobs(this.#connection, () => this.#reserveChunks())
  }

  create(blob: NewBlob): BlobWriter {
    const { database, logger } = this.#options
    const { chunksPerInsert, release } = this.#reserveChunks()
    const writer = new StagedBlobWriter({
      staging: new GridFsStaging(blob, this.#connection, chunksPerInsert),
      highWaterMark: chunkSizeBytes,
      onLeftBehind: (blobId, error) =>
        logger?.warn({ err: error, blobId, database }, 'left a half-written blob behind'),
    })
    return writer.once('close', release)
  }

  #reserveChunks(): ReservedChunks {
    this.#writers += 1
    return {
      chunksPerInsert: this.#writers > fastWriters ? 1 : maxChunksPerInsert,
      release: () => {
        this.#writers -= 1
      },
    }
  }

  async put(source: Readable, blob: NewBlob): Promise<BlobInfo> {
    return await writeAll(source, this.create(blob))
  }

  async open(id: string, range?: ByteRange): Promise<Readable> {
    return await this.#read(id, range)
  }

  async saveAs(id: string, path: string, options: SaveOptions = {}): Promise<void> {
    options.signal?.throwIfAborted()
    await saveStream(await this.#read(id, undefined, { readAhead: true }), path, options)
  }

  async putFile(path: string, blob: NewBlob, { signal }: SaveOptions = {}): Promise<BlobInfo> {
    return await this.put(createReadStream(path, { signal, highWaterMark: chunkSizeBytes }), blob)
  }

  async stat(id: string): Promise<BlobInfo | undefined> {
    const file = await this.#find(id)
    return file && toBlobInfo(file)
  }

  async *list(filter: BlobFilter = {}): AsyncGenerator<BlobInfo> {
    const { limit } = filter
    if (limit === 0) return
    const query = toQuery(filter)
    const cursor = await this.#connection.run(async ({ files }) =>
      files.find(query, {
        sort: { uploadDate: -1, _id: -1 },
        limit: limit ?? 0,
        // One answer with all of a page: the driver would fetch 101 documents, and then the rest.
        batchSize: limit && Math.min(limit, 1_000),
      }),
    )
    try {
      for await (const file of cursor) yield toBlobInfo(file)
    } catch (error) {
      throw translateError(error)
    }
  }

  async claimMetadata<T>(id: string, field: string, value: T): Promise<T> {
    const path = metadataPath(field)
    const _id = requireBlobId(id)
    return await this.#connection.run(async ({ files }) => {
      // MongoDB updates a document atomically: of two concurrent claims only the first finds the field unset.
      await files.updateOne({ _id, [path]: { $exists: false } }, { $set: { [path]: value } })
      const file = await files.findOne({ _id }, { projection: { metadata: 1 } })
      if (!file) throw notFound(id)
      return file.metadata[field] as T
    })
  }

  async delete(id: string): Promise<boolean> {
    const file = await this.#find(id)
    if (!file) return false
    await this.#connection.run(async collections => {
      const entry = { since: new Date(), deleting: true, ...(file.chunksOf && { chunksOf: file.chunksOf }) }
      await collections.unfinished.updateOne({ _id: file._id }, { $set: entry }, { upsert: true })
      await removeBlob(collections, file._id, file.chunksOf)
    })
    return true
  }

  async copy(id: string, blob: NewBlob): Promise<BlobInfo> {
    return await this.#connection.run(async collections =>
      toBlobInfo(await copyBlob(collections, requireBlobId(id), blob)),
    )
  }

  async removeContent(id: string): Promise<boolean> {
    const _id = parseBlobId(id)
    if (!_id) return false
    return await this.#connection.run(collections => removeContent(collections, _id))
  }

  async usage(metadata: Record<string, string>): Promise<BlobUsage> {
    return await this.#connection.run(collections => measureUsage(collections, metadata))
  }

  async usageBy(field: string): Promise<Map<string, BlobUsage>> {
    return await this.#connection.run(collections => measureUsageBy(collections, field))
  }

  async sweepUnfinished(lastSeenBefore: Date): Promise<number> {
    return await this.#connection.run(collections => sweepUnfinished(collections, lastSeenBefore))
  }

  async sweepStrays(begunBefore: Date): Promise<number> {
    return await this.#connection.run(collections => this.#strays.run(collections, begunBefore))
  }

  async ensureRoom(sizeBytes: number): Promise<void> {
    const freeBytes = await this.#connection.freeBytes()
    if (sizeBytes > freeBytes) throw storeFull('The disk of MongoDB')
  }

  async freeBytes(): Promise<number | undefined> {
    const freeBytes = await this.#connection.freeBytes()
    return Number.isFinite(freeBytes) ? Math.max(0, freeBytes) : undefined
  }

  async ping(): Promise<void> {
    await this.#connection.ping()
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  async #read(id: string, range?: ByteRange, options?: ReadOptions): Promise<Readable> {
    const file = await this.#find(id)
    if (!file || file.contentRemovedAt) throw notFound(id)
    return readBlob(this.#connection, file, resolveRange({ id, sizeBytes: file.length }, range), options)
  }

  async #find(id: string): Promise<FileDocument | undefined> {
    const _id = parseBlobId(id)
    if (!_id) return undefined
    return (await this.#connection.run(({ files }) => files.findOne({ _id }))) ?? undefined
  }
}

function toQuery({
  ids,
  metadata = {},
  has = [],
  lacks = [],
  sha256,
  hasContent,
  fileNameContains = [],
  storedSince,
  storedBefore,
  olderThan,
}: BlobFilter): Filter<FileDocument> {
  const conditions: Filter<FileDocument>[] = [
    ...Object.entries(metadata).map(([field, value]) => ({ [metadataPath(field)]: { $eq: value } })),
    ...has.map(field => ({ [metadataPath(field)]: { $exists: true } })),
    ...lacks.map(field => ({ [metadataPath(field)]: { $exists: false } })),
  ]
  if (ids) conditions.push({ _id: { $in: ids.filter(isBlobId).map(id => new ObjectId(id)) } })
  if (sha256 !== undefined) conditions.push({ sha256 })
  if (hasContent !== undefined) conditions.push({ contentRemovedAt: { $exists: !hasContent } })
  for (const text of fileNameContains) {
    const $regex = text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    conditions.push({ filename: { $regex, $options: 'i' } })
  }
  if (storedSince) conditions.push({ uploadDate: { $gte: storedSince } })
  if (storedBefore) conditions.push({ uploadDate: { $lt: storedBefore } })
  if (olderThan) conditions.push(isOlderThan(olderThan))
  return conditions.length > 0 ? { $and: conditions } : {}
}

function isOlderThan({ storedAt, id }: Pick<BlobInfo, 'storedAt' | 'id'>): Filter<FileDocument> {
  return {
    $or: [{ uploadDate: { $lt: storedAt } }, { uploadDate: storedAt, _id: { $lt: requireBlobId(id) } }],
  }
}

function metadataPath(field: string): `metadata.${string}` {
  return `metadata.${requireFieldName(field)}`
}
