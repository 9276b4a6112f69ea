import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type TestContext, test } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { hasCode, listAll, pieceBytes, type Setup, song, write } from './store-under-test.ts'

/** Blobs come back as they were put, are shown when whole, and leave nothing when they fail. */
export function describeWriting(setup: Setup) {
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
        sha256: createHash('sha256').update(bytes).digest('hex'),
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
