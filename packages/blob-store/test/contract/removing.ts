import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { hasCode, pieceBytes, type Setup, song, write } from './store-under-test.ts'

/** Blobs are deleted and swept whole, and stores closed. */
export function describeRemoving(setup: Setup) {
  test('deletes a blob whole, once', async t => {
    const { store, countLeftovers } = await setup(t)
    const { id } = await store.put(Readable.from([randomBytes(3 * pieceBytes)]), song)
    assert.equal(await store.delete(id), true)
    assert.equal(await store.stat(id), undefined)
    assert.equal(await store.delete(id), false)
    assert.equal(await countLeftovers(), 0)
  })

  test('sweeps what killed processes left, and nothing younger', async t => {
    const { store, countLeftovers, leaveHalfWritten } = await setup(t)
    const kept = await store.put(Readable.from([randomBytes(9 * pieceBytes)]), song)
    await leaveHalfWritten()
    await leaveHalfWritten()
    assert.ok((await countLeftovers()) > 0)
    assert.equal(await store.sweepUnfinished(new Date(Date.now() - 3_600_000)), 0)
    assert.equal(await store.sweepUnfinished(new Date(Date.now() + 1_000)), 2)
    assert.equal(await countLeftovers(), 0)
    assert.equal((await buffer(await store.open(kept.id))).length, 9 * pieceBytes)
  })

  test('never shows a blob that was swept while its writer was only slow', async t => {
    const { store, countLeftovers } = await setup(t)
    const writer = store.create(song)
    await write(writer, randomBytes(9 * pieceBytes))
    assert.equal(await store.sweepUnfinished(new Date(Date.now() + 1_000)), 1)
    writer.end('the rest')
    await assert.rejects(once(writer, 'finish'), hasCode('ERR_STORE_UNAVAILABLE'))
    await writer.abort()
    assert.equal(await store.stat(writer.id), undefined)
    assert.equal(await countLeftovers(), 0)
  })

  test('answers a ping, and may be closed twice', async t => {
    const { store } = await setup(t)
    await store.ping()
    await store.close()
    await store.close()
  })
}
