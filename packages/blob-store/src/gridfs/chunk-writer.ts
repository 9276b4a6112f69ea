import { MongoServerError, ObjectId } from 'mongodb'
import { busy } from '../blob-errors.ts'
import { type ChunkDocument, chunkSizeBytes } from './collections.ts'
import type { Connection } from './connection.ts'

/** Most chunks of one insert, 1 MiB. Measured: twice as fast as single chunks, with a third of the CPU time. */
export const maxChunksPerInsert = 4

export interface ChunkWriterOptions {
  connection: Connection
  blobId: ObjectId
  /** Chunks that are stored already. @default 0 */
  chunkCount?: number
  /** Bytes behind the last chunk. @default none */
  tail?: Buffer
  /** Is fed with each chunk that is stored. @default none */
  hash?: { update(bytes: Uint8Array): unknown } | undefined
  /** Chunks of one insert, and the most that is held in memory. 1 to 4. */
  chunksPerInsert: number
}

/** Cuts bytes into chunks and stores them, one after the other. */
export class ChunkWriter {
  /** Chunks that are stored. */
  chunkCount: number
  readonly #options: ChunkWriterOptions
  #chunks: Buffer[] = []
  /** Buffers to be used again: new ones would have to wait for the garbage collection. */
  #free: Buffer[] = []
  #lastBytes = 0

  constructor(options: ChunkWriterOptions) {
    this.#options = options
    this.chunkCount = options.chunkCount ?? 0
    const { tail } = options
    if (tail && tail.length > 0) {
      tail.copy(this.#nextChunk())
      this.#lastBytes = tail.length
    }
  }

  /** Bytes stored and held. */
  get sizeBytes(): number {
    const held = Math.max(this.#chunks.length - 1, 0) * chunkSizeBytes + this.#lastBytes
    return this.chunkCount * chunkSizeBytes + held
  }

  async append(piece: Buffer, isAborted: () => boolean = () => false): Promise<void> {
    const { chunksPerInsert } = this.#options
    for (let offset = 0; offset < piece.length; ) {
      const last = this.#chunks.at(-1)
      const chunk = last && this.#lastBytes < chunkSizeBytes ? last : this.#nextChunk()
      const copied = piece.copy(chunk, this.#lastBytes, offset)
      this.#lastBytes += copied
      offset += copied
      if (this.#chunks.length >= chunksPerInsert && this.#lastBytes === chunkSizeBytes) await this.#insert()
      if (isAborted()) return
    }
  }

  /** Stores what is held, but for the bytes of a chunk that is not full. */
  async flushWhole(): Promise<void> {
    await this.#insert()
  }

  /** Stores all that is held. Nothing may be appended afterwards. */
  async flushAll(): Promise<void> {
    await this.#insert(true)
  }

  /** The bytes behind the last whole chunk. */
  get tail(): Buffer {
    const last = this.#chunks.at(-1)
    return last && this.#lastBytes < chunkSizeBytes ? last.subarray(0, this.#lastBytes) : Buffer.alloc(0)
  }

  #nextChunk(): Buffer {
    this.#lastBytes = 0
    const chunk = this.#free.pop() ?? Buffer.allocUnsafeSlow(chunkSizeBytes)
    this.#chunks.push(chunk)
    return chunk
  }

  async #insert(withTail = false): Promise<void> {
    const { connection, blobId, hash } = this.#options
    const isLastFull = this.#lastBytes === chunkSizeBytes
    const rest = isLastFull || withTail ? [] : this.#chunks.splice(-1)
    const documents: ChunkDocument[] = this.#chunks.map((chunk, index) => ({
      _id: new ObjectId(),
      files_id: blobId,
      n: this.chunkCount + index,
      data:
        index === this.#chunks.length - 1 && rest.length === 0 ? chunk.subarray(0, this.#lastBytes) : chunk,
    }))
    if (documents.length > 0)
      await connection.insertChunks(documents).catch(error => {
        // Another process has written this chunk of a resumable blob.
        throw isDuplicate(error.cause) ? busy(blobId.toHexString()) : error
      })
    for (const { data } of documents) hash?.update(data as Buffer)
    this.chunkCount += documents.length
    this.#free.push(...this.#chunks)
    this.#chunks = rest
    if (rest.length === 0) this.#lastBytes = 0
  }
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11_000
}
