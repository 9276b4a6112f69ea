import { MongoClient } from 'mongodb'
import { BlobStoreError } from '../blob-store.ts'
import { type BlobCollections, createIndexes, openCollections } from './collections.ts'
import { translateError } from './driver-errors.ts'

/** Connects to the server when it is first needed, and bounds how long it is waited for. */
export class Connection {
  readonly #client: MongoClient
  readonly #collections: BlobCollections
  readonly #database: string
  #indexes: Promise<void> | undefined
  #isClosed = false

  constructor(url: string, database: string) {
    this.#client = new MongoClient(url, {
      appName: 'jackalope',
      serverSelectionTimeoutMS: 5_000,
      connectTimeoutMS: 3_000,
      // A server that hangs is noticed by the monitor, heartbeat + connect timeout; the socket's limit is the net.
      heartbeatFrequencyMS: 2_000,
      socketTimeoutMS: 10_000,
      waitQueueTimeoutMS: 5_000,
      writeConcern: { w: 'majority' },
    })
    this.#database = database
    this.#collections = openCollections(this.#client.db(database))
  }

  /** Runs calls of the driver.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE`; what is no fault of the server passes unchanged. */
  async run<T>(call: (collections: BlobCollections) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new BlobStoreError('ERR_STORE_UNAVAILABLE', 'The store of blobs was closed.')
    try {
      // Left to itself the driver connects once: after a failure every later call says "Topology is closed".
      await this.#client.connect()
      return await call(this.#collections)
    } catch (error) {
      throw translateError(error)
    }
  }

  /** Resolves when the collections have their indexes; they are created once. */
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

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#client.close()
  }
}
