import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { Binary, MongoClient, ObjectId } from 'mongodb'
import { createGridFsBlobStore } from '../src/index.ts'
import type { StoreUnderTest } from './contract.ts'

/** Why tests that need MongoDB are left out, if they are. */
export const noMongodb = process.env.BLOB_STORE === 'disk' && 'BLOB_STORE=disk: there is no MongoDB'

export function mongodbUrl(): string {
  const url = process.env.MONGODB_URL
  if (!url) throw new Error('MONGODB_URL is not set: run the tests through ./jackalope test')
  return url
}

export interface GridFsUnderTest extends StoreUnderTest {
  client: MongoClient
  database: string
}

/** A store in a database of its own, dropped after the test.
 *  @param url - How the store reaches the server, if not as the test does. */
export function setupGridFs(t: TestContext, url = mongodbUrl()): GridFsUnderTest {
  const database = `test-blobs-${randomBytes(6).toString('hex')}`
  const client = new MongoClient(mongodbUrl())
  const db = client.db(database)
  const store = createGridFsBlobStore({ url, database })
  t.after(async () => {
    await store.close()
    await db.dropDatabase()
    await client.close()
  })
  return {
    store,
    client,
    database,
    async countLeftovers() {
      const visible = await db.collection('fs.files').distinct('_id')
      const chunks = await db.collection('fs.chunks').countDocuments({ files_id: { $nin: visible } })
      return chunks + (await db.collection('fs.unfinished').countDocuments())
    },
    async leaveHalfWritten() {
      const id = new ObjectId()
      await db
        .collection<{ _id: ObjectId }>('fs.unfinished')
        .insertOne({ _id: id, since: new Date() } as never)
      // More than one delete command takes at once.
      const chunks = Array.from({ length: 300 }, (_, n) => ({
        files_id: id,
        n,
        data: new Binary(Buffer.from('half')),
      }))
      await db.collection('fs.chunks').insertMany(chunks)
    },
  }
}
