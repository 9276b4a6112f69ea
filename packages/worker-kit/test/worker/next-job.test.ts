import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Deliveries } from '../../src/worker/deliveries.ts'
import { type NextJobOptions, NextJobSource } from '../../src/worker/next-job.ts'

test('a worker that asks for a job waits long only if it has nothing else to look after', async () => {
  const waits: (number | undefined)[] = []
  const nextJobs = source({
    starter: {
      startNext: async (_token, withinMs) => {
        waits.push(withinMs)
        return undefined
      },
    },
  })
  await nextJobs.next('token')
  const ended = Promise.withResolvers<boolean>()
  const ending = nextJobs.endAndStartNext('token', () => ended.promise)
  // The following job may start any moment, and runs only when the worker's loop gets to it.
  await nextJobs.next('token')
  ended.resolve(true)
  await ending
  await nextJobs.next('token')
  assert.deepEqual(
    waits.filter(withinMs => withinMs !== undefined),
    [0, 1_000, 0, 5, 5, 0, 1_000],
  )
})

test('whoever fetches jobs by hand is not told that there are none before the first can have been delivered', async () => {
  const waits: (number | undefined)[] = []
  const nextJobs = source({
    isWorkerRunning: () => false,
    starter: {
      startNext: async (_token, withinMs) => {
        waits.push(withinMs)
        return undefined
      },
    },
  })
  await nextJobs.next('token')
  await nextJobs.next('token')
  assert.deepEqual(waits, [200, 1_000, 0, 1_000])
})

test('a worker that was told that nothing waits does not ask Redis again until it had a job', async () => {
  let asked = 0
  const started: [object, string, number, number][] = []
  const nextJobs = source({
    waiting: () => 0,
    countWaiting: async () => {
      asked += 1
      return 0
    },
    starter: { startNext: async () => started.shift() },
  })
  for (let i = 0; i < 3; i += 1) assert.deepEqual(await nextJobs.next('token'), [])
  assert.equal(asked, 1)
  started.push([{}, 'id', 0, 0])
  assert.equal((await nextJobs.next('token'))?.[1], 'id')
  for (let i = 0; i < 3; i += 1) assert.deepEqual(await nextJobs.next('token'), [])
  assert.equal(asked, 2)
})

test('somebody who fetches jobs by hand is answered by what Redis says', async () => {
  let asked = 0
  const nextJobs = source({
    waiting: () => 0,
    isWorkerRunning: () => false,
    countWaiting: async () => {
      asked += 1
      return 0
    },
  })
  for (let i = 0; i < 3; i += 1) await nextJobs.next('token')
  assert.equal(asked, 3)
})

test('a worker whose servers fail is answered that nothing may start now, and the failure is reported', async () => {
  const failure = new Error('OOM command not allowed')
  const reported: Error[] = []
  const nextJobs = source({
    open: () => Promise.reject(failure),
    onError: error => reported.push(error),
  })
  assert.deepEqual(await nextJobs.next('token'), [null, undefined, 0, 0])
  assert.deepEqual(reported, [failure])
})

test('a worker that closes does not wait until failing servers are asked again', {
  timeout: 10_000,
}, async () => {
  const deliveries = new Deliveries()
  const nextJobs = source({
    deliveries,
    open: () => Promise.reject(new Error('BUSY')),
    onError: () => undefined,
  })
  for (let i = 0; i < 3; i += 1) await nextJobs.next('token')
  deliveries.interrupt()
  // The wait would be 5 seconds after so many failures.
  for (let i = 0; i < 20; i += 1) await nextJobs.next('token')
})

test("the job at hand is the next one only while it is still the worker's", async () => {
  const started: [object, string, number, number][] = [
    [{}, 'returned to wait', 0, 0],
    [{}, 'following', 0, 0],
  ]
  const nextJobs = source({ starter: { startNext: async () => started.shift() } })
  const next = await nextJobs.endAndStartNext('token', async () => false)
  assert.equal(next?.[1], 'following')
})

test('behind a job that ends the next one is waited for as long as two calls to Redis take, 5 to 100 ms', async () => {
  for (const [callMs, waitMs] of [
    [1, 5],
    [20, 40],
    [500, 100],
  ]) {
    const waits: (number | undefined)[] = []
    const starter = {
      startNext: async (_: string, withinMs?: number) => {
        waits.push(withinMs)
        return undefined
      },
    }
    await source({ starter, callMs: () => callMs as number }).startFollowing('token')
    assert.deepEqual(waits, [undefined, waitMs])
  }
})

function source(options: Partial<NextJobOptions>): NextJobSource {
  return new NextJobSource({
    deliveries: new Deliveries(),
    starter: { startNext: async () => undefined },
    open: async () => undefined,
    waiting: () => 1,
    countWaiting: async () => 1,
    callMs: () => 1,
    isWorkerRunning: () => true,
    isClosing: () => false,
    onError: error => assert.fail(error),
    ...options,
  })
}
