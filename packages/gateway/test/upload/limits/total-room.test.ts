import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTotalRoom } from '../../../src/upload/limits/total-room.ts'

/** A store that tells what it holds, and counts how often it is asked. */
function storeOf(sizeBytes: number) {
  const store = {
    asked: 0,
    fails: false,
    usage: async () => {
      store.asked += 1
      if (store.fails) throw new Error('away')
      return { blobs: 1, incomplete: 0, sizeBytes }
    },
  }
  return store
}

test('all files together keep to a limit, which many requests at once ask for once', async () => {
  const [videos, audios] = [storeOf(700), storeOf(200)]
  const room = createTotalRoom(1_000, { videos, audios })
  await Promise.all([room.ensure(100), room.ensure(50), room.ensure(0)])
  await assert.rejects(room.ensure(101), { status: 507, code: 'store-full' })
  assert.deepEqual([videos.asked, audios.asked], [1, 1])
  await createTotalRoom(Number.POSITIVE_INFINITY, { videos, audios }).ensure(1e15)
  assert.equal(videos.asked, 1)
})

test('a store that is away is asked again', async () => {
  const [videos, audios] = [storeOf(700), storeOf(200)]
  videos.fails = true
  const room = createTotalRoom(1_000, { videos, audios })
  await assert.rejects(room.ensure(1), /away/)
  videos.fails = false
  await room.ensure(1)
})
