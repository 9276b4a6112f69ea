import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { onEnd, until } from '@jackalope/local-servers/testing'
import { hasCode, inAnHour, inPieces, pieceBytes, type Setup, song } from './store-under-test.ts'

const appenderProgram = join(import.meta.dirname, 'appender.ts')

/** Appends go on where the last one stopped, and keep what arrived unless it must be verified. */
export function describeAppending(setup: Setup) {
  for (const cuts of [
    [0],
    [1, 2],
    [pieceBytes],
    [pieceBytes - 1, pieceBytes + 1],
    [10, 5 * pieceBytes, 7 * pieceBytes + 3],
  ])
    test(`puts together what comes in ${cuts.length + 1} appends, cut at ${cuts}`, async t => {
      const { store, countLeftovers } = await setup(t)
      const { resumable } = store
      const bytes = randomBytes(9 * pieceBytes + 17)
      const metadata = (id: string) => ({ ownerId: 'ada', jobId: `v-${id}` })
      const blob = await resumable.begin({
        ...song,
        metadata,
        totalBytes: bytes.length,
        expiresAt: inAnHour(),
        notes: { a: 'b' },
      })
      assert.match(blob.id, /^[0-9a-f]{24}$/)
      assert.deepEqual(await resumable.find(blob.id), blob)
      const ends = [...cuts, bytes.length]
      for (const [index, end] of ends.entries()) {
        const offset = ends[index - 1] ?? 0
        assert.equal(await resumable.append(blob.id, inPieces(bytes.subarray(offset, end)), { offset }), end)
        assert.equal((await resumable.find(blob.id))?.offset, end)
        assert.equal(await store.stat(blob.id), undefined, 'never visible before it is complete')
      }
      const info = await resumable.complete(blob.id)
      assert.deepEqual(info.metadata, { ownerId: 'ada', jobId: `v-${blob.id}` })
      assert.deepEqual(await store.stat(blob.id), info)
      assert.equal(await resumable.find(blob.id), undefined)
      assert.ok((await buffer(await store.open(blob.id))).equals(bytes))
      assert.equal(await countLeftovers(), 0)
    })

  test('keeps what arrived when the source fails', async t => {
    const { store } = await setup(t)
    const { resumable } = store
    const bytes = randomBytes(3 * pieceBytes)
    const { id } = await resumable.begin({ ...song, totalBytes: bytes.length, expiresAt: inAnHour() })
    const failing = async function* () {
      yield bytes.subarray(0, pieceBytes + 5)
      throw new Error('the client went away')
    }
    await assert.rejects(resumable.append(id, failing(), { offset: 0 }), { message: 'the client went away' })
    const offset = (await resumable.find(id))?.offset ?? 0
    assert.equal(offset, pieceBytes + 5)
    await resumable.append(id, inPieces(bytes.subarray(offset)), { offset })
    await resumable.complete(id)
    assert.ok((await buffer(await store.open(id))).equals(bytes))
  })

  test('keeps nothing of an append that is not verified, and what was there before', async t => {
    const { store, countLeftovers } = await setup(t)
    const { resumable } = store
    const bytes = randomBytes(3 * pieceBytes)
    const { id } = await resumable.begin({ ...song, totalBytes: bytes.length, expiresAt: inAnHour() })
    await resumable.append(id, inPieces(bytes.subarray(0, 1_000)), { offset: 0 })
    const refuse = () => {
      throw new Error('checksum')
    }
    const wrong = inPieces(randomBytes(2 * pieceBytes))
    await assert.rejects(resumable.append(id, wrong, { offset: 1_000, verify: refuse }), {
      message: 'checksum',
    })
    assert.equal((await resumable.find(id))?.offset, 1_000)
    const failing = async function* () {
      yield bytes.subarray(1_000, 2 * pieceBytes)
      throw new Error('gone')
    }
    await assert.rejects(resumable.append(id, failing(), { offset: 1_000, verify: () => {} }), {
      message: 'gone',
    })
    assert.equal((await resumable.find(id))?.offset, 1_000)
    await resumable.append(id, inPieces(bytes.subarray(1_000)), { offset: 1_000, verify: () => {} })
    await resumable.complete(id)
    assert.ok((await buffer(await store.open(id))).equals(bytes))
    assert.equal(await countLeftovers(), 0)
  })

  test('refuses another offset, and more bytes than the blob has', async t => {
    const { store } = await setup(t)
    const { resumable } = store
    const { id } = await resumable.begin({ ...song, totalBytes: 10, expiresAt: inAnHour() })
    await resumable.append(id, inPieces(Buffer.from('12345')), { offset: 0 })
    for (const offset of [0, 4, 6])
      await assert.rejects(
        resumable.append(id, inPieces(Buffer.from('x')), { offset }),
        hasCode('ERR_OFFSET_CONFLICT'),
      )
    await assert.rejects(
      resumable.append(id, inPieces(Buffer.from('678901')), { offset: 5 }),
      hasCode('ERR_OFFSET_CONFLICT'),
    )
    assert.equal((await resumable.find(id))?.offset, 5)
    await assert.rejects(resumable.complete(id), hasCode('ERR_OFFSET_CONFLICT'))
    await resumable.append(id, inPieces(Buffer.from('67890')), { offset: 5 })
    assert.equal((await resumable.complete(id)).sizeBytes, 10)
  })

  test('goes on after a process was killed in the middle of an append', async t => {
    const { store, place } = await setup(t)
    const { resumable } = store
    const totalBytes = 60 * 1024 * 1024
    const { id } = await resumable.begin({ ...song, totalBytes, expiresAt: inAnHour() })
    for (const mode of ['plain', 'verified']) {
      const before = (await resumable.find(id))?.offset ?? 0
      const appender = fork(appenderProgram, [JSON.stringify(place), id, mode])
      onEnd(t, () => appender.kill('SIGKILL'))
      const ended = once(appender, 'exit')
      await once(appender, 'message')
      await assert.rejects(resumable.append(id, inPieces(), { offset: before }), hasCode('ERR_BLOB_BUSY'))
      if (mode === 'plain') await until(async () => ((await resumable.find(id))?.offset ?? 0) > before)
      appender.kill('SIGKILL')
      await ended
      const offset = (await resumable.find(id))?.offset ?? 0
      if (mode === 'plain') assert.ok(offset > before)
      else assert.equal(offset, before, 'unverified bytes do not count')
    }
    const offset = (await resumable.find(id))?.offset ?? 0
    const rest = Buffer.alloc(totalBytes - offset, 'x')
    await resumable.append(id, inPieces(rest), { offset, takeOver: true })
    await resumable.complete(id)
    assert.ok((await buffer(await store.open(id))).equals(Buffer.alloc(totalBytes, 'x')))
  })
}

/** One process appends at a time. */
export function describeExclusion(setup: Setup) {
  test('refuses a second append at the same time, unless it takes over', async t => {
    const { store, countLeftovers } = await setup(t)
    const { resumable } = store
    const bytes = randomBytes(6 * pieceBytes)
    const { id } = await resumable.begin({ ...song, totalBytes: bytes.length, expiresAt: inAnHour() })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const slow = async function* () {
      yield bytes.subarray(0, 1_000)
      begin()
      await released
      yield Buffer.alloc(2 * pieceBytes)
      yield Buffer.alloc(2 * pieceBytes)
    }
    const first = resumable.append(id, slow(), { offset: 0 })
    first.catch(() => {})
    await begun
    await assert.rejects(resumable.append(id, inPieces(bytes), { offset: 0 }), hasCode('ERR_BLOB_BUSY'))
    const offset = (await resumable.find(id))?.offset ?? 0
    await resumable.append(id, inPieces(bytes.subarray(offset)), { offset, takeOver: true })
    // Long enough that the store looks whether the first append is still its own.
    await delay(1_100)
    release()
    await assert.rejects(first, hasCode('ERR_BLOB_BUSY'))
    await resumable.complete(id)
    assert.ok((await buffer(await store.open(id))).equals(bytes))
    assert.equal(await countLeftovers(), 0)
  })
}
