import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { mongodbUrl, onEnd } from '@jackalope/local-servers/testing'
import { Binary, MongoClient, ObjectId } from 'mongodb'
import { createGridFsBlobStore } from '../src/index.ts'
import type { StoreUnderTest } from './contract/store-under-test.ts'

export interface GridFsUnderTest extends StoreUnderTest {
  client: MongoClient
  database: string
}

/** A store in a database of its own, dropped after the test.
 *  @param url - the server's address for the store. @default the test's own */
export function setupGridFs(t: TestContext, url = mongodbUrl()): GridFsUnderTest {
  const database = `test-blobs-${randomBytes(6).toString('hex')}`
  const client = new MongoClient(mongodbUrl())
  const db = client.db(database)
  const store = createGridFsBlobStore({ url, database })
  onEnd(t, () => client.close())
  onEnd(t, () => db.dropDatabase())
  onEnd(t, () => store.close())
  return {
    store,
    place: { kind: 'gridfs', url, name: database },
    client,
    database,
    async countLeftovers() {
      const visible = await db.collection('fs.files').distinct('_id')
      const chunks = await db.collection('fs.chunks').countDocuments({ files_id: { $nin: visible } })
      return chunks + (await db.collection('fs.unfinished').countDocuments())
    },
    async damage(id) {
      const chunk = { files_id: new ObjectId(id), n: 0 }
      const found = await db.collection('fs.chunks').findOne(chunk)
      const data: Buffer = Buffer.from(found?.data.buffer ?? [])
      data[0] = (data[0] ?? 0) ^ 1
      await db.collection('fs.chunks').updateOne(chunk, { $set: { data: new Binary(data) } })
    },
    async leaveHalfWritten() {
      const id = new ObjectId()
      await db
        .collection<{ _id: ObjectId }>('fs.unfinished')
        .insertOne({ _id: id, since: new Date() } as never)
      // More chunks than one delete command removes.
      const chunks = Array.from({ length: 300 }, (_, n) => ({
        files_id: id,
        n,
        data: new Binary(Buffer.from('half')),
      }))
      await db.collection('fs.chunks').insertMany(chunks)
    },
  }
}
