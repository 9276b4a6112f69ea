import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { mongodbUrl, noMongodb, type ProxiedServer, proxyTo } from '@jackalope/local-servers/testing'
import { hasCode } from './contract/store-under-test.ts'
import { type GridFsUnderTest, setupGridFs } from './gridfs-setup.ts'

const song = { fileName: 'song.mp4', contentType: 'video/mp4', metadata: { ownerId: 'ada' } }

describe('GridFS while its server is away', { concurrency: true, skip: noMongodb }, () => {
  test('fails every call soon, and works again when the server is back', async t => {
    const { store, proxy } = await setup(t)
    const { id } = await store.put(Readable.from(['x']), song)
    await proxy.cut()
    await Promise.all([
      isUnavailable(() => store.put(Readable.from(['x']), song)),
      isUnavailable(() => store.open(id)),
      isUnavailable(() => store.stat(id)),
      isUnavailable(async () => {
        for await (const _ of store.list());
      }),
      isUnavailable(() => store.claimMetadata(id, 'result', 1)),
      isUnavailable(() => store.delete(id)),
      isUnavailable(() => store.sweepUnfinished(new Date())),
      isUnavailable(() => store.ping()),
    ])
    await proxy.restore()
    await store.ping()
    assert.equal((await buffer(await store.open(id))).toString(), 'x')
    await store.put(Readable.from(['x']), song)
  })

  test('can be opened before its server runs', async t => {
    const { store, proxy } = await setup(t)
    await proxy.cut()
    await isUnavailable(() => store.put(Readable.from(['x']), song))
    await proxy.restore()
    await store.put(Readable.from(['x']), song)
  })

  test('creates its indexes when the first attempt met no server', async t => {
    const { store, proxy, client, database } = await setup(t)
    await proxy.cut()
    await isUnavailable(() => store.put(Readable.from(['x']), song))
    await proxy.restore()
    await store.put(Readable.from(['x']), song)
    const indexes = await client.db(database).collection('fs.chunks').indexes()
    assert.ok(indexes.some(({ key }) => key.files_id === 1 && key.n === 1))
  })

  test('fails a writer in the middle; what it left is swept later', async t => {
    const { store, proxy, countLeftovers } = await setup(t)
    const writer = store.create(song)
    writer.write(randomBytes(3_000_000))
    await new Promise<void>(resolve => writer.write('', () => resolve()))
    await proxy.cut()
    await isUnavailable(async () => {
      writer.write(randomBytes(3_000_000))
      await once(writer, 'close')
    })
    await assert.rejects(writer.abort(), hasCode('ERR_STORE_UNAVAILABLE'))
    await proxy.restore()
    assert.ok((await countLeftovers()) > 0)
    assert.equal(await store.sweepUnfinished(new Date(Date.now() + 1_000)), 1)
    assert.equal(await countLeftovers(), 0)
  })

  test('lets a slow reader go on when the server was away between two reads', async t => {
    const { store, proxy } = await setup(t)
    const bytes = randomBytes(10_000_000)
    const { id } = await store.put(Readable.from([bytes]), song)
    const reader = await store.open(id)
    await once(reader, 'readable')
    await proxy.cut()
    await proxy.restore()
    assert.ok((await buffer(reader)).equals(bytes))
  })

  test('fails a reader when the server stays away', async t => {
    const { store, proxy } = await setup(t)
    const { id } = await store.put(Readable.from([randomBytes(10_000_000)]), song)
    const reader = await store.open(id)
    await once(reader, 'readable')
    await proxy.cut()
    await isUnavailable(() => buffer(reader))
  })

  test('does not wait for a frozen server for ever', async t => {
    const { store, proxy } = await setup(t)
    const { id } = await store.put(Readable.from(['x']), song)
    proxy.freeze()
    await Promise.all([
      isUnavailable(() => store.put(Readable.from(['x']), song), 12_000),
      isUnavailable(() => store.stat(id), 12_000),
      isUnavailable(() => store.ping(), 12_000),
    ])
    await proxy.restore()
    await store.ping()
  })
})

async function setup(t: TestContext): Promise<GridFsUnderTest & { proxy: ProxiedServer }> {
  const proxy = await proxyTo(t, mongodbUrl())
  return { ...setupGridFs(t, proxy.url), proxy }
}

async function isUnavailable(call: () => Promise<unknown>, withinMs = 15_000): Promise<void> {
  const startedAt = Date.now()
  await assert.rejects(call, hasCode('ERR_STORE_UNAVAILABLE'))
  assert.ok(Date.now() - startedAt < withinMs, `took ${Date.now() - startedAt} ms`)
}
