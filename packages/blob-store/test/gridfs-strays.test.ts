import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { noMongodb } from '@jackalope/local-servers/testing'
import { Binary, ObjectId } from 'mongodb'
import { openCollections } from '../src/gridfs/collections.ts'
import { StraySweep } from '../src/gridfs/sweep-strays.ts'
import { inAnHour, inPieces, song } from './contract/store-under-test.ts'
import { setupGridFs } from './gridfs-setup.ts'

const skip = noMongodb
const hourAgo = () => new Date(Date.now() - 3_600_000)
const data = new Binary(Buffer.from('stray'))

function idOf(hoursAgo: number): ObjectId {
  const seconds = Math.floor(Date.now() / 1_000) - hoursAgo * 3_600
  return new ObjectId(seconds.toString(16) + randomBytes(8).toString('hex'))
}

test('chunks that belong to nothing go when they are old, in parts; those of blobs stay', {
  skip,
}, async t => {
  const { store, client, database } = setupGridFs(t)
  const collections = openCollections(client.db(database))
  const { chunks } = collections
  const put = () => store.put(Readable.from(['content']), song)
  const [kept, emptied, original] = [await put(), await put(), await put()]
  const copy = await store.copy(original.id, song)
  await store.delete(original.id)
  await store.removeContent(emptied.id)
  const { resumable } = store
  const { id } = await resumable.begin({ ...song, totalBytes: 600_000, expiresAt: inAnHour() })
  await resumable.append(id, inPieces(randomBytes(300_000)), { offset: 0 })
  const old = Array.from({ length: 7 }, () => idOf(2))
  const strays = [...old, ...old.slice(0, 3)].map((files_id, n) => ({
    _id: new ObjectId(),
    files_id,
    n,
    data,
  }))
  await chunks.insertMany([...strays, { _id: new ObjectId(), files_id: idOf(0), n: 0, data }])

  // Small parts, and whatever the server's plan: the tests' server may have none that is cheap.
  const sweep = new StraySweep({ maxLookedAt: 4, atOnce: 2, needsIndex: false })
  assert.equal(await sweep.run(collections, hourAgo()), 4)
  assert.equal(await sweep.run(collections, hourAgo()), 3)
  assert.equal(await chunks.countDocuments({ data }), 1, 'the one that is not old')
  const whole = new StraySweep({ needsIndex: false })
  assert.equal(await whole.run(collections, new Date(Date.now() + 60_000)), 1)
  for (const blob of [kept, copy]) assert.equal(String(await buffer(await store.open(blob.id))), 'content')
  assert.equal((await resumable.find(id))?.offset, 300_000)
  assert.equal(await chunks.countDocuments({ files_id: new ObjectId(id) }), 1)
})

test('a server that would read all chunks to find strays is not asked to', { skip }, async t => {
  const { store, client, database } = setupGridFs(t)
  const { chunks } = openCollections(client.db(database))
  await store.put(Readable.from(['content']), song)
  await chunks.insertOne({ _id: new ObjectId(), files_id: idOf(2), n: 0, data })
  const { secantusVersion } = await client.db(database).admin().command({ buildInfo: 1 })
  assert.equal(await store.sweepStrays(hourAgo()), secantusVersion === undefined ? 1 : 0)
})
