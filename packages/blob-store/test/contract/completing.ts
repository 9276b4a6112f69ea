import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { openBlobStore } from '../../src/index.ts'
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
      const sha256 = createHash('sha256').update(Buffer.alloc(totalBytes, 'x')).digest('hex')
      for (const info of infos) assert.deepEqual([info.sizeBytes, info.sha256], [totalBytes, sha256])
      assert.equal((await buffer(await store.open(id))).length, totalBytes)
    }
    assert.equal(await countLeftovers(), 0)
  })

  test('has the SHA-256 of all appends, those among them that broke off or were refused', async t => {
    const { store, place } = await setup(t)
    const bytes = randomBytes(3 * pieceBytes + 1_000)
    const blob = { ...song, totalBytes: bytes.length, expiresAt: inAnHour() }
    const { id } = await store.resumable.begin(blob)
    const breakingOff = async function* () {
      yield bytes.subarray(0, pieceBytes + 7)
      throw new Error('the client went away')
    }
    await assert.rejects(store.resumable.append(id, breakingOff(), { offset: 0 }), /went away/)
    const offset = (await store.resumable.find(id))?.offset ?? 0
    assert.equal(offset, pieceBytes + 7)
    const refuse = () => {
      throw new Error('another checksum')
    }
    const wrong = inPieces(randomBytes(pieceBytes))
    await assert.rejects(store.resumable.append(id, wrong, { offset, verify: refuse }), /checksum/)
    const another = openBlobStore({ place, name: place.name })
    onEnd(t, () => another.close())
    const middle = offset + pieceBytes
    await another.resumable.append(id, inPieces(bytes.subarray(offset, middle)), { offset, verify() {} })
    await store.resumable.append(id, inPieces(bytes.subarray(middle)), { offset: middle })
    const info = await another.resumable.complete(id)
    assert.equal(info.sha256, createHash('sha256').update(bytes).digest('hex'))
    assert.ok((await buffer(await store.open(id))).equals(bytes))
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
