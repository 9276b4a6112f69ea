import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { glob, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import type { BlobStorePlace } from '../open-blob-store.ts'

/** The stores of one test: databases of their own, or a folder. */
export interface TestPlace {
  place: BlobStorePlace
  /** Environment variables of a service that uses these stores. */
  variables: { BLOB_STORE: BlobStorePlace['kind']; MONGODB_URL?: string; BLOB_DIR?: string }
  /** Prefix of the name of each store. */
  storePrefix: string
  /** Counts the pieces (chunks, documents, files) that a store holds, of finished and unfinished blobs. */
  countPieces(name: string): Promise<number>
  /** Removes the stores of these names. */
  remove(...names: string[]): Promise<void>
}

/** Stores in a folder when `BLOB_STORE` is `disk`, else in MongoDB. The tests of a service run on either.
 *  @throws {Error} when `MONGODB_URL` is needed and not set */
export function createTestPlace({ BLOB_STORE, MONGODB_URL } = process.env): TestPlace {
  if (BLOB_STORE === 'disk') return createFolder()
  if (!MONGODB_URL) throw new Error('MONGODB_URL is not set: run the tests through ./jackalope test')
  return createDatabases(MONGODB_URL)
}

function createFolder(): TestPlace {
  const dir = mkdtempSync(join(tmpdir(), 'jackalope-blobs-'))
  return {
    place: { kind: 'disk', dir },
    variables: { BLOB_STORE: 'disk', BLOB_DIR: dir },
    storePrefix: '',
    async countPieces(name) {
      let pieces = 0
      for (const part of ['blobs', 'unfinished'])
        for await (const path of glob('**', { cwd: join(dir, name, part) })) {
          const { size } = await stat(join(dir, name, part, path))
          if (path !== '.' && size > 0) pieces += 1
        }
      return pieces
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}

function createDatabases(url: string): TestPlace {
  const storePrefix = `test-${randomBytes(6).toString('hex')}-`
  const withDatabase = async <T>(
    name: string,
    work: (database: ReturnType<MongoClient['db']>) => Promise<T>,
  ) => {
    const client = new MongoClient(url)
    return await work(client.db(storePrefix + name)).finally(() => client.close())
  }
  return {
    place: { kind: 'gridfs', url },
    variables: { BLOB_STORE: 'gridfs', MONGODB_URL: url },
    storePrefix,
    countPieces: name =>
      withDatabase(name, async database => {
        const collections = ['fs.files', 'fs.chunks', 'fs.unfinished']
        const counts = await Promise.all(collections.map(part => database.collection(part).countDocuments()))
        return counts.reduce((sum, count) => sum + count, 0)
      }),
    async remove(...names) {
      await Promise.all(names.map(name => withDatabase(name, database => database.dropDatabase())))
    },
  }
}
