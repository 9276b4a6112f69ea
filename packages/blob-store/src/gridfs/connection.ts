import { MongoClient } from 'mongodb'
import pLimit from 'p-limit'
import { BlobStoreError } from '../blob-store.ts'
import { type BlobCollections, type ChunkDocument, createIndexes, openCollections } from './collections.ts'
import { translateError } from './driver-errors.ts'

/** Longest closing, in milliseconds. */
const closeTimeoutMs = 5_000

/** How long an answer about free space is used, in milliseconds. */
const roomMs = 10_000

/** Most inserts of chunks at once. Each holds two copies of its chunks; more of them are no faster. */
const insertsAtOnce = 16

/** A connection to the server, opened by the first call. Every wait for the server has a time limit. */
export class Connection {
  readonly #client: MongoClient
  readonly #collections: BlobCollections
  readonly #database: string
  #indexes: Promise<void> | undefined
  #isClosed = false
  readonly #limitInserts = pLimit(insertsAtOnce)
  #losses = 0
  #room = { freeBytes: Promise.resolve(0), untilMs: 0 }

  constructor(url: string, database: string) {
    this.#client = new MongoClient(url, {
      appName: 'jackalope',
      serverSelectionTimeoutMS: 5_000,
      connectTimeoutMS: 3_000,
      // The monitor notices a frozen server after heartbeat and connect timeout, 5 s; the socket timeout comes later.
      heartbeatFrequencyMS: 2_000,
      socketTimeoutMS: 10_000,
      waitQueueTimeoutMS: 5_000,
      writeConcern: { w: 'majority' },
    })
    // A connection that failed in use, or the monitor's.
    this.#client.on('connectionPoolCleared', () => {
      this.#losses += 1
    })
    // A connection that was cut while nobody used it is noticed by whoever wants it next.
    this.#client.on('connectionClosed', ({ reason }) => {
      if (reason === 'error') this.#losses += 1
    })
    this.#database = database
    this.#collections = openCollections(this.#client.db(database))
  }

  /** Runs calls of the driver.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE` when the server is away; other errors are passed on unchanged */
  async run<T>(call: (collections: BlobCollections) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new BlobStoreError('ERR_STORE_UNAVAILABLE', 'The store of blobs was closed.')
    try {
      // Without this call the driver does not connect again after a failure: later calls fail with "Topology is closed".
      await this.#client.connect()
      return await call(this.#collections)
    } catch (error) {
      throw translateError(error)
    }
  }

  /** How often the connection was lost, as far as that was noticed. */
  get losses(): number {
    return this.#losses
  }

  /** How often the connection was lost until now. While the number stays the same, no server has restarted, and all that
   *  it has acknowledged is there. */
  async askLosses(): Promise<number> {
    await this.ping()
    return this.#losses
  }

  /** Stores chunks, a few inserts at once. */
  async insertChunks(documents: ChunkDocument[]): Promise<void> {
    await this.#limitInserts(() => this.run(({ chunks }) => chunks.insertMany(documents)))
  }

  /** Resolves when the collections have their indexes. Only the first call creates them. */
  async prepare(): Promise<void> {
    this.#indexes ??= this.run(createIndexes).catch(error => {
      this.#indexes = undefined // try again with the next blob
      throw error
    })
    await this.#indexes
  }

  async ping(): Promise<void> {
    await this.run(() => this.#client.db(this.#database).command({ ping: 1 }))
  }

  /** Bytes that are free on the server's disk, as asked in the last seconds; infinite if the server does not say. */
  async freeBytes(): Promise<number> {
    // All that ask at once share one answer: it is work for the server.
    if (performance.now() > this.#room.untilMs) {
      const freeBytes = this.#askFreeBytes()
      this.#room = { freeBytes, untilMs: performance.now() + roomMs }
      freeBytes.catch(() => {
        this.#room.untilMs = 0
      })
    }
    return await this.#room.freeBytes
  }

  async #askFreeBytes(): Promise<number> {
    const stats = await this.run(() =>
      this.#client.db(this.#database).command({ dbStats: 1, freeStorage: 0 }),
    )
    const { fsTotalSize, fsUsedSize } = stats as { fsTotalSize?: number; fsUsedSize?: number }
    const isKnown = typeof fsTotalSize === 'number' && typeof fsUsedSize === 'number' && fsTotalSize > 0
    return isKnown ? fsTotalSize - fsUsedSize : Number.POSITIVE_INFINITY
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const { promise: expired, reject } = Promise.withResolvers<never>()
    const message = `The connections to MongoDB did not close within ${closeTimeoutMs} ms.`
    const timer = setTimeout(
      () => reject(new BlobStoreError('ERR_STORE_UNAVAILABLE', message)),
      closeTimeoutMs,
    )
    // The driver waits for the server's answer to `endSessions`.
    await Promise.race([this.#client.close(), expired]).finally(() => clearTimeout(timer))
  }
}
