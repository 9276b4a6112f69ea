import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { mongodbUrl, noMongodb, proxyTo, until } from '@jackalope/local-servers/testing'
import { ObjectId } from 'mongodb'
import { openCollections } from '../src/gridfs/collections.ts'
import { hasCode, inAnHour, inPieces, pieceBytes, song, write } from './contract/store-under-test.ts'
import { setupGridFs } from './gridfs-setup.ts'

const onMongodb = { skip: noMongodb }

test(
  'a blob is committed without a look at its chunks, which costs some servers all their memory',
  onMongodb,
  async t => {
    const { store, client, database } = setupGridFs(t)
    const writer = store.create(song)
    await write(writer, randomBytes(9 * pieceBytes))
    // A count would notice it; the reader does, too.
    await client
      .db(database)
      .collection('fs.chunks')
      .deleteOne({ files_id: new ObjectId(writer.id), n: 0 })
    writer.end()
    await once(writer, 'finish')
    await assert.rejects(buffer(await store.open(writer.id)), hasCode('ERR_BLOB_NOT_FOUND'))
  },
)

test('when the connection was lost, chunks that the server has lost are noticed', onMongodb, async t => {
  const mongodb = await proxyTo(t, mongodbUrl())
  const { store, client, database, countLeftovers } = setupGridFs(t, mongodb.url)
  const chunks = client.db(database).collection('fs.chunks')
  const writer = store.create(song)
  await write(writer, randomBytes(9 * pieceBytes))
  const { resumable } = store
  const { id } = await resumable.begin({ ...song, totalBytes: 9 * pieceBytes, expiresAt: inAnHour() })
  const bytes = randomBytes(9 * pieceBytes)
  const losing = async function* () {
    yield* inPieces(bytes)
    await mongodb.cut()
    await chunks.deleteMany({ n: 1 })
    await mongodb.restore()
    await until(() =>
      store.ping().then(
        () => true,
        () => false,
      ),
    )
  }
  await assert.rejects(resumable.append(id, losing(), { offset: 0 }), hasCode('ERR_STORE_UNAVAILABLE'))
  writer.end()
  await assert.rejects(once(writer, 'finish'), hasCode('ERR_STORE_UNAVAILABLE'))
  await writer.abort()

  assert.equal((await resumable.find(id))?.offset, 0)
  await resumable.append(id, inPieces(bytes), { offset: 0 })
  await resumable.complete(id)
  assert.ok((await buffer(await store.open(id))).equals(bytes))
  assert.equal(await countLeftovers(), 0)
})

test(
  'a blob whose writer was killed behind its last step stays; one whose deletion broke off goes',
  onMongodb,
  async t => {
    const { store, client, database, countLeftovers } = setupGridFs(t)
    const { unfinished } = openCollections(client.db(database))
    const bytes = randomBytes(2 * pieceBytes)
    const [stored, deleted] = [
      await store.put(Readable.from([bytes]), song),
      await store.put(Readable.from([bytes]), song),
    ]
    const since = new Date(0)
    await unfinished.insertMany([
      { _id: new ObjectId(stored.id), since },
      { _id: new ObjectId(deleted.id), since, deleting: true },
    ])
    assert.equal(await store.sweepUnfinished(new Date()), 1)
    assert.ok((await buffer(await store.open(stored.id))).equals(bytes))
    assert.equal(await store.stat(deleted.id), undefined)
    assert.equal(await countLeftovers(), 0)
  },
)
