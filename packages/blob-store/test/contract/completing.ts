import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { hasCode, hourMs, inAnHour, inPieces, pieceBytes, type Setup, song } from './store-under-test.ts'

/** Resumable blobs become visible, are discarded, or expire. */
export function describeCompleting(setup: Setup) {
  test('gives the same when it is completed twice, also at once', async t => {
    const { store, countLeftovers } = await setup(t)
    const { resumable } = store
    for (const totalBytes of [0, 5, pieceBytes, pieceBytes + 1]) {
      const { id } = await resumable.begin({ ...song, totalBytes, expiresAt: inAnHour() })
      await resumable.append(id, inPieces(Buffer.alloc(totalBytes, 'x')), { offset: 0 })
      const infos = await Promise.all([1, 2, 3].map(() => resumable.complete(id)))
      infos.push(await resumable.complete(id))
      for (const info of infos) assert.equal(info.sizeBytes, totalBytes)
      assert.equal((await buffer(await store.open(id))).length, totalBytes)
    }
    assert.equal(await countLeftovers(), 0)
  })

  test('is discarded whole, once, also while it is appended to', async t => {
    const { store, countLeftovers } = await setup(t)
    const { resumable } = store
    const { id } = await resumable.begin({ ...song, totalBytes: 10 * pieceBytes, expiresAt: inAnHour() })
    const source = async function* () {
      yield randomBytes(5 * pieceBytes)
      assert.equal(await resumable.discard(id), true)
      yield randomBytes(5 * pieceBytes)
    }
    await assert.rejects(resumable.append(id, source(), { offset: 0 }), hasCode('ERR_BLOB_NOT_FOUND'))
    assert.equal(await resumable.discard(id), false)
    assert.equal(await resumable.find(id), undefined)
    await assert.rejects(resumable.complete(id), hasCode('ERR_BLOB_NOT_FOUND'))
    assert.equal(await countLeftovers(), 0)
  })

  test('is swept after its expiry, and not before, however long nothing came', async t => {
    const { store, countLeftovers } = await setup(t)
    const { resumable } = store
    const { id } = await resumable.begin({ ...song, totalBytes: 10, expiresAt: inAnHour() })
    await resumable.append(id, inPieces(Buffer.from('12345')), { offset: 0 })
    assert.equal(await store.sweepUnfinished(new Date(Date.now() + hourMs / 2)), 0)
    assert.equal((await resumable.find(id))?.offset, 5)
    assert.equal(await store.sweepUnfinished(new Date(Date.now() + 2 * hourMs)), 1)
    assert.equal(await resumable.find(id), undefined)
    assert.equal(await countLeftovers(), 0)
  })

  test('knows no blob that is complete, visible, or none', async t => {
    const { store } = await setup(t)
    const { resumable } = store
    for (const id of ['abcdef0123456789abcdef01', '../../etc', '']) {
      assert.equal(await resumable.find(id), undefined)
      assert.equal(await resumable.discard(id), false)
      await assert.rejects(resumable.append(id, inPieces(), { offset: 0 }), hasCode('ERR_BLOB_NOT_FOUND'))
      await assert.rejects(resumable.complete(id), hasCode('ERR_BLOB_NOT_FOUND'))
    }
  })
}
