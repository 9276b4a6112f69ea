import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { describe, type TestContext, test } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import {
  type BlobFilter,
  type BlobInfo,
  type BlobStore,
  BlobStoreError,
  type BlobStoreErrorCode,
} from '../src/index.ts'

/** An empty store for one test, and what the contract cannot see through `BlobStore`. */
export interface StoreUnderTest {
  store: BlobStore
  /** Counts the pieces that belong to no visible blob. */
  countLeftovers(): Promise<number>
  /** Leaves a half-written blob behind, as a killed process does. */
  leaveHalfWritten(): Promise<void>
}

/** Bytes of a piece in a store that splits blobs. The ranges of the contract are near its multiples. */
const pieceBytes = 255 * 1024

/** Tests that every kind of `BlobStore` must pass. */
export function describeBlobStore(
  name: string,
  setup: (t: TestContext) => StoreUnderTest | Promise<StoreUnderTest>,
  options: { skip?: string | false } = {},
) {
  describe(`${name} as a BlobStore`, options, () => {
    describeWriting(setup)
    describeReading(setup)
    describeMetadata(setup)
    describeRemoving(setup)
  })
}

type Setup = (t: TestContext) => StoreUnderTest | Promise<StoreUnderTest>

function describeWriting(setup: Setup) {
  for (const sizeBytes of [0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes + 17])
    test(`gives back ${sizeBytes} bytes as they were put`, async t => {
      const { store, countLeftovers } = await setup(t)
      const bytes = randomBytes(sizeBytes)
      const info = await store.put(Readable.from([bytes]), { ...song, metadata: { ownerId: 'ada' } })

      assert.match(info.id, /^[0-9a-f]{24}$/)
      assert.ok(Math.abs(info.storedAt.getTime() - Date.now()) < 5_000)
      assert.deepEqual(info, {
        ...song,
        id: info.id,
        sizeBytes,
        storedAt: info.storedAt,
        metadata: { ownerId: 'ada' },
      })
      assert.deepEqual(await store.stat(info.id), info)
      assert.ok((await buffer(await store.open(info.id))).equals(bytes))
      assert.equal(await countLeftovers(), 0)
    })

  test('gives metadata a look at the id of the new blob', async t => {
    const { store } = await setup(t)
    const { id } = await store.put(Readable.from(['x']), { ...song, metadata: id => ({ jobId: `v-${id}` }) })
    assert.deepEqual((await store.stat(id))?.metadata, { jobId: `v-${id}` })
  })

  test('keeps file names in every script', async t => {
    const { store } = await setup(t)
    const fileName = 'Føtex "мёд" \u{1f407}.mp4'
    const { id } = await store.put(Readable.from(['x']), { ...song, fileName })
    assert.equal((await store.stat(id))?.fileName, fileName)
  })

  test('shows a blob only when it is whole', async t => {
    const { store } = await setup(t)
    const writer = store.create(song)
    await write(writer, randomBytes(9 * pieceBytes + 1))
    assert.equal(writer.sizeBytes, 9 * pieceBytes + 1)
    assert.equal(await store.stat(writer.id), undefined)
    assert.deepEqual(await listAll(store), [])
    await assert.rejects(store.open(writer.id), hasCode('ERR_BLOB_NOT_FOUND'))

    writer.end('!')
    assert.equal(writer.stored, undefined)
    await once(writer, 'finish')
    assert.deepEqual(writer.stored, await store.stat(writer.id))
    assert.equal((await store.stat(writer.id))?.sizeBytes, 9 * pieceBytes + 2)
  })

  test('leaves nothing of a blob that is aborted between two writes', async t => {
    const { store, countLeftovers } = await setup(t)
    const writer = store.create(song)
    await write(writer, randomBytes(9 * pieceBytes))
    await writer.abort()
    assert.equal(await countLeftovers(), 0)
    assert.equal(await store.stat(writer.id), undefined)
  })

  test('leaves nothing of a blob that is aborted at any moment of a write', async t => {
    const { store, countLeftovers } = await setup(t)
    for (const delayMs of [0, 1, 2, 4, 8, 16]) {
      const writer = store.create(song)
      writer.write(randomBytes(8 * pieceBytes))
      await new Promise(resolve => setTimeout(resolve, delayMs))
      await writer.abort()
      assert.equal(await countLeftovers(), 0, `aborted after ${delayMs} ms`)
    }
  })

  test('leaves nothing of a blob that is aborted while it is being finished', async t => {
    const { store, countLeftovers } = await setup(t)
    for (const delayMs of [0, 1, 2, 3, 4, 6]) {
      const writer = store.create(song)
      await write(writer, randomBytes(pieceBytes))
      const finished = once(writer, 'finish').then(() => true)
      writer.end()
      await new Promise(resolve => setTimeout(resolve, delayMs))
      await writer.abort()
      const isVisible = (await store.stat(writer.id)) !== undefined
      // The blob had finished and stays, or it is removed: a visible blob is a finished one.
      assert.equal(isVisible, writer.writableFinished && (await finished), `aborted after ${delayMs} ms`)
      assert.equal(await countLeftovers(), 0)
    }
  })

  test('leaves nothing of a blob whose writer is destroyed', async t => {
    const { store, countLeftovers } = await setup(t)
    const writer = store.create(song)
    writer.write(randomBytes(3 * pieceBytes))
    writer.destroy()
    await once(writer, 'close')
    assert.equal(await countLeftovers(), 0)
  })

  test('may be aborted twice, before the first byte, and after the end', async t => {
    const { store, countLeftovers } = await setup(t)
    const early = store.create(song)
    await Promise.all([early.abort(), early.abort()])
    await early.abort()

    const late = store.create(song)
    late.end('whole')
    await once(late, 'finish')
    await late.abort()
    assert.equal((await store.stat(late.id))?.sizeBytes, 5)
    assert.equal(await countLeftovers(), 0)
  })

  test('leaves nothing of a source that fails, and tells its error', async t => {
    const { store, countLeftovers } = await setup(t)
    const source = Readable.from(
      (async function* () {
        yield randomBytes(9 * pieceBytes)
        throw new Error('the client went away')
      })(),
    )
    await assert.rejects(store.put(source, song), { message: 'the client went away' })
    assert.equal(await countLeftovers(), 0)
    assert.deepEqual(await listAll(store), [])
  })

  test('takes a big blob without holding it in memory, at its own pace both ways', async t => {
    const { store } = await setup(t)
    const sizeBytes = 300 * 1024 * 1024
    const peak = watchMemory(t)
    const written = createHash('sha256')
    const { id } = await store.put(generate(sizeBytes, written), song)
    const read = createHash('sha256')
    await pipeline(await store.open(id), read)
    assert.equal(read.digest('hex'), written.digest('hex'))
    t.diagnostic(`memory grew by ${peak()} MiB`)
    assert.ok(peak() < 100, `memory grew by ${peak()} MiB`)
  })
}

function describeReading(setup: Setup) {
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

function describeMetadata(setup: Setup) {
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
    assert.deepEqual(await namesAt({ fileNameContains: 'über+wasser (1)' }), [one])
    for (const text of ['.*', '^h', 'Uber', '\\', '[', '('.repeat(99)])
      assert.deepEqual(await namesAt({ fileNameContains: text }), [], text)
    assert.deepEqual(await namesAt({ storedSince: second.storedAt, fileNameContains: 'HOLI' }), [two])
    assert.deepEqual(await namesAt({ storedSince: new Date(second.storedAt.getTime() + 1) }), [])
  })

  test('lists what became visible before a time', async t => {
    const { store } = await setup(t)
    const { storedAt } = await store.put(Readable.from(['x']), song)
    assert.equal((await listAll(store, { storedBefore: storedAt })).length, 0)
    assert.equal((await listAll(store, { storedBefore: new Date(storedAt.getTime() + 1) })).length, 1)
  })
}

function describeRemoving(setup: Setup) {
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

const unknownId = 'abcdef0123456789abcdef01'
const song = { fileName: 'song.mp4', contentType: 'video/mp4' }

export function hasCode(code: BlobStoreErrorCode) {
  return (error: unknown) => {
    assert.ok(error instanceof BlobStoreError, `expected a BlobStoreError, got ${error}`)
    assert.equal(error.code, code)
    return true
  }
}

function idOf({ id }: BlobInfo) {
  return id
}

async function listAll(store: BlobStore, filter?: Parameters<BlobStore['list']>[0]) {
  const blobs: BlobInfo[] = []
  for await (const blob of store.list(filter)) blobs.push(blob)
  return blobs
}

async function write(writer: NodeJS.WritableStream, bytes: Buffer) {
  await new Promise<void>((resolve, reject) =>
    writer.write(bytes, error => (error ? reject(error) : resolve())),
  )
}

function generate(sizeBytes: number, hash: ReturnType<typeof createHash>): Readable {
  const block = randomBytes(64 * 1024)
  return Readable.from(
    (function* () {
      for (let sent = 0; sent < sizeBytes; sent += block.length) {
        hash.update(block)
        yield block
      }
    })(),
  )
}

function watchMemory(t: TestContext): () => number {
  global.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  onEnd(t, () => clearInterval(timer))
  return () => Math.round((peak - before) / 1024 / 1024)
}
