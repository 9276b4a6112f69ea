import { Binary, ObjectId } from 'mongodb'
import { busy, lostChunks, notFound, offsetConflict, tooLong } from '../blob-errors.ts'
import { type AppendOptions, leaseMs, recordMs } from '../resumable-blobs.ts'
import { type RunningHash, resumeHash, startHash } from '../running-hash.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { type ResumableRecord, resumableEntry, toBuffer } from './collections.ts'
import type { Connection } from './connection.ts'
import { durable } from './durable.ts'

/** One append to a resumable blob. Its token is in the blob's record while it is the only one that may append: each
 *  update of the record demands it, and no two processes can store the same chunk. */
export class GridFsAppend {
  readonly #connection: Connection
  readonly #id: ObjectId
  readonly #chunksPerInsert: number
  readonly #token = new ObjectId()
  #recordedAtMs = 0
  #start: { record: ResumableRecord; losses: number } | undefined
  #hash: RunningHash | undefined

  constructor(connection: Connection, id: ObjectId, chunksPerInsert: number) {
    this.#connection = connection
    this.#id = id
    this.#chunksPerInsert = chunksPerInsert
  }

  async run(
    source: AsyncIterable<Buffer>,
    { offset, takeOver = false, verify }: AppendOptions,
  ): Promise<number> {
    const record = await this.#acquire(takeOver)
    this.#start = { record, losses: this.#connection.losses }
    this.#hash = await hashOf(record)
    const chunks = new ChunkWriter({
      connection: this.#connection,
      blobId: this.#id,
      chunkCount: record.chunkCount,
      tail: toBuffer(record.tail),
      hash: this.#hash,
      chunksPerInsert: this.#chunksPerInsert,
    })
    if (chunks.sizeBytes !== offset) {
      await this.#record({}, true)
      throw offsetConflict(this.#hexId, { expected: chunks.sizeBytes, given: offset })
    }
    const { totalBytes } = record
    try {
      for await (const piece of source) {
        if (chunks.sizeBytes + piece.length > totalBytes) throw tooLong(this.#hexId, totalBytes)
        await chunks.append(piece)
        if (performance.now() - this.#recordedAtMs > recordMs)
          await this.#record(
            verify || chunks.chunkCount === record.chunkCount ? {} : this.#wholeChunks(chunks),
          )
      }
      verify?.()
    } catch (error) {
      // The error of the source is thrown, whatever becomes of the rest.
      await (verify ? this.#forget(record.chunkCount) : this.#keep(chunks)).catch(() => this.#removeStray())
      throw error
    }
    try {
      await this.#keep(chunks)
    } catch (error) {
      await this.#removeStray()
      throw error
    }
    return chunks.sizeBytes
  }

  get #hexId(): string {
    return this.#id.toHexString()
  }

  async #acquire(takeOver: boolean): Promise<ResumableRecord> {
    const exists = resumableEntry(this.#id)
    const isFree = {
      $or: [{ 'resumable.writer': { $exists: false } }, { 'resumable.writer.until': { $lt: new Date() } }],
    }
    this.#recordedAtMs = performance.now()
    return await this.#connection.run(async ({ unfinished, chunks }) => {
      const query = takeOver ? exists : { ...exists, ...isFree }
      const writer = { token: this.#token, until: new Date(Date.now() + leaseMs) }
      const entry = await unfinished.findOneAndUpdate(query, { $set: { 'resumable.writer': writer } })
      if (!entry?.resumable)
        throw (await unfinished.findOne(exists)) ? busy(this.#hexId) : notFound(this.#hexId)
      // Chunks that a killed process stored and did not record.
      await chunks.deleteMany({ files_id: this.#id, n: { $gte: entry.resumable.chunkCount } })
      return entry.resumable
    })
  }

  async #keep(chunks: ChunkWriter): Promise<void> {
    await chunks.flushWhole()
    await this.#requireChunks(chunks)
    await this.#record({ ...this.#wholeChunks(chunks), 'resumable.tail': chunks.tail }, true)
  }

  #wholeChunks({ chunkCount }: ChunkWriter): Record<string, unknown> {
    return {
      'resumable.chunkCount': chunkCount,
      'resumable.tail': new Uint8Array(),
      'resumable.hash': this.#hash && { chunkCount, state: new Binary(this.#hash.save()) },
    }
  }

  /** A server that restarts may have lost chunks that it had not written to its journal. All of this append go then.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE` */
  async #requireChunks({ chunkCount }: ChunkWriter): Promise<void> {
    if (!this.#start || this.#start.losses === (await this.#connection.askLosses())) return
    const { record } = this.#start
    const query = { files_id: this.#id, n: { $gte: record.chunkCount } }
    const count = await this.#connection.run(({ chunks }) => chunks.countDocuments(query))
    if (count === chunkCount - record.chunkCount) return
    await this.#connection.run(({ chunks }) => chunks.deleteMany(query))
    const { chunkCount: before, tail, hash } = record
    await this.#record(
      { 'resumable.chunkCount': before, 'resumable.tail': tail, 'resumable.hash': hash ?? null },
      true,
    )
    throw lostChunks(this.#hexId)
  }

  async #forget(chunkCount: number): Promise<void> {
    await this.#connection.run(({ chunks }) =>
      chunks.deleteMany({ files_id: this.#id, n: { $gte: chunkCount } }),
    )
    await this.#record({}, true)
  }

  /** Chunks that were stored after a blob was discarded belong to nothing, and no sweep would find them. */
  async #removeStray(): Promise<void> {
    const _id = this.#id
    await this.#connection
      .run(async ({ files, chunks, unfinished }) => {
        if ((await unfinished.findOne({ _id })) || (await files.findOne({ _id }))) return
        await chunks.deleteMany({ files_id: _id })
      })
      .catch(() => {})
  }

  /** @throws {BlobStoreError} `ERR_BLOB_BUSY`, `ERR_BLOB_NOT_FOUND` when the blob is no longer this process's */
  async #record(fields: Record<string, unknown>, isLast = false): Promise<void> {
    this.#recordedAtMs = performance.now()
    const query = { _id: this.#id, 'resumable.writer.token': this.#token, sweeping: { $exists: false } }
    const until = new Date(Date.now() + leaseMs)
    const renewal = isLast ? {} : { 'resumable.writer.until': until }
    const $set = { ...fields, ...renewal }
    const update = {
      ...(Object.keys($set).length > 0 && { $set }),
      ...(isLast && { $unset: { 'resumable.writer': '' as const } }),
    }
    await this.#connection.run(async ({ unfinished }) => {
      const { matchedCount } = await unfinished.updateOne(query, update as never, isLast ? durable : {})
      if (matchedCount > 0) return
      throw (await unfinished.findOne({ _id: this.#id })) ? busy(this.#hexId) : notFound(this.#hexId)
    })
  }
}

/** The hash of the chunks that are stored; `undefined` if an earlier version has stored some of them. */
export async function hashOf({ chunkCount, hash }: ResumableRecord): Promise<RunningHash | undefined> {
  if (chunkCount === 0) return await startHash()
  return hash?.chunkCount === chunkCount ? await resumeHash(toBuffer(hash.state)) : undefined
}
