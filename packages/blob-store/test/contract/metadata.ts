import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import type { BlobFilter, BlobInfo } from '../../src/index.ts'
import { listAll, type Setup, song } from './store-under-test.ts'

/** Metadata can be claimed once, and lists go by them. */
export function describeMetadata(setup: Setup) {
  test('lets one of two claims at once win, and tells both who did', async t => {
    const { store } = await setup(t)
    const { id } = await store.put(Readable.from(['x']), { ...song, metadata: { ownerId: 'ada' } })
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, number) => store.claimMetadata(id, 'result', { audioId: `a${number}` })),
    )
    const winner = claims[0]
    assert.deepEqual(claims, Array(8).fill(winner))
    assert.deepEqual(await store.claimMetadata(id, 'result', { audioId: 'late' }), winner)
    assert.deepEqual((await store.stat(id))?.metadata, { ownerId: 'ada', result: winner })
  })

  test('refuses the name of a metadata field that could mean something else', async t => {
    const { store } = await setup(t)
    const { id } = await store.put(Readable.from(['x']), song)
    for (const field of ['', 'a.b', '$set', 'a b'])
      await assert.rejects(store.claimMetadata(id, field, 1), /letters, digits/)
  })

  test('lists by metadata, newest first, page after page', async t => {
    const { store } = await setup(t)
    const ids: string[] = []
    for (let number = 0; number < 5; number++) {
      const metadata = { ownerId: 'ada', jobId: `j${number}` }
      ids.unshift((await store.put(Readable.from(['x']), { ...song, metadata })).id)
      await store.put(Readable.from(['x']), { ...song, metadata: { ownerId: 'bob' } })
    }
    const metadata = { ownerId: 'ada' }
    const all = await listAll(store, { metadata })
    assert.deepEqual(all.map(idOf), ids)
    assert.deepEqual((await listAll(store, { metadata, limit: 2 })).map(idOf), ids.slice(0, 2))
    assert.deepEqual(
      (await listAll(store, { metadata, limit: 2, olderThan: all[1] as BlobInfo })).map(idOf),
      ids.slice(2, 4),
    )
    await store.delete(ids[3] as string)
    assert.deepEqual(
      (await listAll(store, { metadata, olderThan: all[3] as BlobInfo })).map(idOf),
      ids.slice(4),
    )
    assert.deepEqual(
      (await listAll(store, { metadata: { ...metadata, jobId: 'j0' } })).map(idOf),
      ids.slice(4),
    )
    assert.deepEqual(await listAll(store, { metadata: { ownerId: 'nobody' } }), [])
    assert.equal((await listAll(store)).length, 9)
    assert.deepEqual(await listAll(store, { limit: 0 }), [])
  })

  test('lists by metadata fields that are set or not, by file name, and from a time on', async t => {
    const { store } = await setup(t)
    const put = (fileName: string) =>
      store.put(Readable.from(['x']), { ...song, fileName, metadata: { owner: 'ada' } })
    const first = await put('Über+Wasser (1).MP4')
    const second = await put('holiday.mov')
    const namesAt = async (filter: BlobFilter) =>
      (await listAll(store, filter)).map(({ fileName }) => fileName)
    const [one, two] = [first.fileName, second.fileName]
    assert.deepEqual(await namesAt({ lacks: ['result'] }), [two, one])
    await store.claimMetadata(first.id, 'result', { audioId: 'a' })
    assert.deepEqual(await namesAt({ has: ['result'] }), [one])
    assert.deepEqual(await namesAt({ lacks: ['result'], has: ['owner'] }), [two])
    assert.deepEqual(await namesAt({ fileNameContains: ['über+wasser (1)'] }), [one])
    assert.deepEqual(await namesAt({ fileNameContains: ['WASSER', '(1)', 'über'] }), [one])
    assert.deepEqual(await namesAt({ fileNameContains: ['wasser', 'mov'] }), [])
    for (const text of ['.*', '^h', 'Uber', '\\', '[', '('.repeat(99)])
      assert.deepEqual(await namesAt({ fileNameContains: [text] }), [], text)
    assert.deepEqual(await namesAt({ storedSince: second.storedAt, fileNameContains: ['HOLI'] }), [two])
    assert.deepEqual(await namesAt({ storedSince: new Date(second.storedAt.getTime() + 1) }), [])
  })

  test('lists what became visible before a time', async t => {
    const { store } = await setup(t)
    const { storedAt } = await store.put(Readable.from(['x']), song)
    assert.equal((await listAll(store, { storedBefore: storedAt })).length, 0)
    assert.equal((await listAll(store, { storedBefore: new Date(storedAt.getTime() + 1) })).length, 1)
  })
}

function idOf({ id }: BlobInfo) {
  return id
}
