import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { hasCode, inAnHour, listAll, pieceBytes, type Setup, song } from './store-under-test.ts'

/** What is read is what was stored; bytes can be shared, removed, and added up. */
export function describeContent(setup: Setup) {
  test('tells the reader of a whole blob that its bytes have changed, before the last of them', async t => {
    const { store, damage } = await setup(t)
    const { id } = await store.put(Readable.from([randomBytes(3 * pieceBytes)]), song)
    await damage(id)
    let readBytes = 0
    const reader = (await store.open(id)).on('data', piece => {
      readBytes += piece.length
    })
    await assert.rejects(once(reader, 'end'), hasCode('ERR_BLOB_DAMAGED'))
    assert.ok(readBytes < 3 * pieceBytes)
  })

  test('copies a blob without its bytes; they stay until the last copy is gone', async t => {
    const { store, countLeftovers } = await setup(t)
    const bytes = randomBytes(2 * pieceBytes)
    const first = await store.put(Readable.from([bytes]), { ...song, metadata: { ownerId: 'ada' } })
    const copy = await store.copy(first.id, {
      fileName: 'again.mp3',
      contentType: 'audio/mpeg',
      metadata: id => ({ jobId: id }),
    })
    assert.deepEqual(await store.stat(copy.id), copy)
    assert.deepEqual(
      [copy.fileName, copy.sizeBytes, copy.sha256, copy.metadata],
      ['again.mp3', bytes.length, first.sha256, { jobId: copy.id }],
    )
    const third = await store.copy(copy.id, song)
    assert.equal(await store.delete(first.id), true)
    assert.ok((await buffer(await store.open(copy.id))).equals(bytes))
    await store.delete(copy.id)
    await assert.rejects(store.open(copy.id), hasCode('ERR_BLOB_NOT_FOUND'))
    assert.ok((await buffer(await store.open(third.id))).equals(bytes))
    assert.equal(await store.removeContent(third.id), true)
    await assert.rejects(store.copy(third.id, song), hasCode('ERR_BLOB_NOT_FOUND'))
    await assert.rejects(store.copy(first.id, song), hasCode('ERR_BLOB_NOT_FOUND'))
    await store.delete(third.id)
    assert.equal(await countLeftovers(), 0)
  })

  test('gives a copy that can be read, or none, while the original is deleted', async t => {
    const { store, countLeftovers } = await setup(t)
    for (let round = 0; round < 8; round++) {
      const { id } = await store.put(Readable.from([randomBytes(pieceBytes + round)]), song)
      const [copy] = await Promise.all([
        store.copy(id, song).catch(error => void hasCode('ERR_BLOB_NOT_FOUND')(error)),
        new Promise(resolve => setTimeout(resolve, round)).then(() => store.delete(id)),
      ])
      if (copy) assert.equal((await buffer(await store.open(copy.id))).length, pieceBytes + round)
      if (copy) await store.delete(copy.id)
    }
    assert.deepEqual(await listAll(store), [])
    assert.equal(await countLeftovers(), 0)
  })

  test('removes the bytes of a blob that stays listed', async t => {
    const { store } = await setup(t)
    const metadata = { ownerId: 'ada' }
    const kept = await store.put(Readable.from(['kept']), { ...song, metadata })
    const { id } = await store.put(Readable.from([randomBytes(2 * pieceBytes)]), { ...song, metadata })
    await listAll(store)
    assert.equal(await store.removeContent(id), true)
    assert.equal(await store.removeContent(id), false)
    const left = await store.stat(id)
    assert.ok(Math.abs((left?.contentRemovedAt?.getTime() ?? 0) - Date.now()) < 5_000)
    assert.equal(left?.sizeBytes, 2 * pieceBytes)
    await assert.rejects(store.open(id), hasCode('ERR_BLOB_NOT_FOUND'))
    assert.equal(await store.claimMetadata(id, 'note', 'still there'), 'still there')
    const ids = async (hasContent: boolean) => (await listAll(store, { hasContent })).map(blob => blob.id)
    assert.deepEqual([await ids(true), await ids(false)], [[kept.id], [id]])
    assert.deepEqual(await store.usage(metadata), { blobs: 1, incomplete: 0, sizeBytes: 4 })
    assert.equal(await store.removeContent('abcdef0123456789abcdef01'), false)
    assert.equal(await store.delete(id), true)
  })

  test('adds up what an owner stores, and what incomplete uploads will take', async t => {
    const { store } = await setup(t)
    const metadata = { ownerId: 'ada' }
    assert.deepEqual(await store.usage(metadata), { blobs: 0, incomplete: 0, sizeBytes: 0 })
    await store.put(Readable.from(['12345']), { ...song, metadata })
    await store.put(Readable.from(['123']), { ...song, metadata: { ownerId: 'bob' } })
    await store.resumable.begin({ ...song, metadata, totalBytes: 1_000, expiresAt: inAnHour() })
    assert.deepEqual(await store.usage(metadata), { blobs: 2, incomplete: 1, sizeBytes: 1_005 })
    const { id } = await store.put(Readable.from(['gone']), { ...song, metadata: { ownerId: 'eve' } })
    await store.removeContent(id)
    assert.deepEqual(
      await store.usageBy('ownerId'),
      new Map([
        ['ada', { blobs: 2, incomplete: 1, sizeBytes: 1_005 }],
        ['bob', { blobs: 1, incomplete: 0, sizeBytes: 3 }],
      ]),
    )
    const freeBytes = await store.freeBytes()
    assert.ok(freeBytes === undefined || freeBytes > 0)
  })

  test('lists the blobs of some ids', async t => {
    const { store } = await setup(t)
    const ids: string[] = []
    for (const text of ['a', 'b', 'c']) ids.unshift((await store.put(Readable.from([text]), song)).id)
    const wanted = [ids[2] as string, 'abcdef0123456789abcdef01', '../etc', ids[0] as string]
    assert.deepEqual(
      (await listAll(store, { ids: wanted })).map(blob => blob.id),
      [ids[0], ids[2]],
    )
    assert.deepEqual(await listAll(store, { ids: [] }), [])
  })

  test('finds blobs by their bytes', async t => {
    const { store } = await setup(t)
    const metadata = { ownerId: 'ada' }
    const { id } = await store.put(Readable.from(['same']), { ...song, metadata })
    await store.put(Readable.from(['other']), { ...song, metadata })
    const sha256 = createHash('sha256').update('same').digest('hex')
    assert.deepEqual(
      (await listAll(store, { metadata, sha256 })).map(blob => blob.id),
      [id],
    )
  })
}
