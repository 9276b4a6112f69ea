import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { hasCode, pieceBytes, type Setup, song } from './store-under-test.ts'

const unknownId = 'abcdef0123456789abcdef01'

/** Readers get any range, and no blob that is not there. */
export function describeReading(setup: Setup) {
  test('reads any range of bytes', async t => {
    const { store } = await setup(t)
    const bytes = randomBytes(20 * pieceBytes + 1_000)
    const { id } = await store.put(Readable.from([bytes]), song)
    const last = bytes.length - 1
    for (const [start, end] of [
      [0, 0],
      [0, 99],
      [0, last],
      [pieceBytes - 1, pieceBytes],
      [pieceBytes, 2 * pieceBytes - 1],
      [pieceBytes + 5, 3 * pieceBytes + 5],
      [8 * pieceBytes - 1, 16 * pieceBytes],
      [last, last],
      [last - pieceBytes, last],
      [last - 10, last + 1_000_000],
    ] as const) {
      const part = await buffer(await store.open(id, { start, end }))
      assert.ok(part.equals(bytes.subarray(start, end + 1)), `bytes ${start} to ${end}`)
    }
  })

  test('refuses a range beyond the end', async t => {
    const { store } = await setup(t)
    const { id } = await store.put(Readable.from(['12345']), song)
    const empty = await store.put(Readable.from([]), song)
    for (const range of [
      { start: 5, end: 9 },
      { start: 3, end: 2 },
      { start: -1, end: 2 },
      { start: 0.5, end: 2 },
    ])
      await assert.rejects(store.open(id, range), hasCode('ERR_RANGE_NOT_SATISFIABLE'))
    await assert.rejects(store.open(empty.id, { start: 0, end: 0 }), hasCode('ERR_RANGE_NOT_SATISFIABLE'))
  })

  test('lets a reader stop in the middle', async t => {
    const { store } = await setup(t)
    const { id } = await store.put(Readable.from([randomBytes(20 * pieceBytes)]), song)
    const reader = await store.open(id)
    await once(reader, 'readable')
    reader.destroy()
    await once(reader, 'close')
    assert.equal((await buffer(await store.open(id))).length, 20 * pieceBytes)
  })

  test('fails a reader whose blob is deleted, instead of ending early', async t => {
    const { store } = await setup(t)
    const { id } = await store.put(Readable.from([randomBytes(40 * pieceBytes)]), song)
    const reader = await store.open(id)
    await once(reader, 'readable')
    await store.delete(id)
    await assert.rejects(buffer(reader), hasCode('ERR_BLOB_NOT_FOUND'))
  })

  for (const id of [
    unknownId,
    '',
    'x',
    '../../etc/passwd',
    unknownId.toUpperCase(),
    '12-byte text',
    'a'.repeat(25),
  ])
    test(`knows no blob ${JSON.stringify(id)}`, async t => {
      const { store } = await setup(t)
      assert.equal(await store.stat(id), undefined)
      assert.equal(await store.delete(id), false)
      await assert.rejects(store.open(id), hasCode('ERR_BLOB_NOT_FOUND'))
      await assert.rejects(store.claimMetadata(id, 'result', 1), hasCode('ERR_BLOB_NOT_FOUND'))
    })
}
