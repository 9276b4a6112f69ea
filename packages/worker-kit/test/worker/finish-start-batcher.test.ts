import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { monotonicMs } from '../../src/real-timers.ts'
import type { StartRequest } from '../../src/redis/commands/finish-and-start-jobs.ts'
import { FinishStartBatcher } from '../../src/worker/finish-start-batcher.ts'
import { type Setup, setup, type TestQueue } from '../support/setup.ts'

/** Adds jobs and gives what their deliveries would ask. */
async function addedRequests(
  { redis, amqpQueue }: Setup,
  jobs: TestQueue,
  count: number,
): Promise<StartRequest[]> {
  const added = await jobs.addBulk(Array.from({ length: count }, (_, n) => ({ name: 'job', data: { n } })))
  return Promise.all(
    added.map(async ({ id = '' }) => {
      const stamp = (await redis.hget(`${amqpQueue}:${id}`, 'stamp')) as string
      return { id, stamp, token: `token-${id}` }
    }),
  )
}

test('a job that came later does not start before one that was refused, when room is made in between', async t => {
  const place = setup(t)
  const jobs = place.queue()
  await jobs.setGlobalConcurrency(1)
  const requests = await addedRequests(place, jobs, 3)
  const [first, second, third] = requests as [StartRequest, StartRequest, StartRequest]
  const { keys, client } = jobs.getBackend()
  let sent = Promise.withResolvers<void>()
  const batcher = new FinishStartBatcher({
    queue: {
      keys,
      client: () => {
        sent.resolve()
        return client
      },
    },
    settings: { lockDuration: 30_000 },
    concurrency: () => 10,
    onState: () => undefined,
  })
  assert.equal((await batcher.start(first))[0], 'active')

  sent = Promise.withResolvers<void>()
  const refused = batcher.start(second)
  await sent.promise
  await setImmediate()
  // Behind that call on the same connection.
  const roomMade = jobs.setGlobalConcurrency(2)
  const later = batcher.start(third)
  assert.deepEqual(await refused, ['blocked', 0, 'maxed'])
  assert.deepEqual(await later, ['blocked', 0, 'maxed'])
  await roomMade
  assert.equal((await batcher.start(second))[0], 'active')
})

test('the stamp of a job that is recorded and refused is not that of the jobs behind it', async t => {
  const place = setup(t)
  const jobs = place.queue()
  const [recordedFirst] = (await addedRequests(place, jobs, 1)) as [StartRequest]
  await jobs.pause()
  const { keys, client } = jobs.getBackend()
  const sent = Promise.withResolvers<void>()
  const batcher = new FinishStartBatcher({
    queue: {
      keys,
      client: () => {
        sent.resolve()
        return client
      },
    },
    settings: { lockDuration: 30_000 },
    concurrency: () => 1,
    onState: () => undefined,
  })
  const job = { name: 'job', data: '{}', opts: {}, timestamp: Date.now() }
  const unrecorded = batcher.start({
    id: 'own',
    stamp: '',
    token: 'token',
    newJob: { job, receivedAt: monotonicMs() },
  })
  await sent.promise
  const later = batcher.start(recordedFirst)
  const reply = await unrecorded
  const stamp = await place.redis.hget(`${place.amqpQueue}:own`, 'stamp')
  assert.deepEqual(reply, ['blocked', 0, 'paused', stamp])
  assert.deepEqual(await later, ['blocked', 0, 'paused'])
})

for (const { limiter, calls } of [{ calls: 2 }, { limiter: { max: 100, duration: 1_000 }, calls: 1 }])
  test(`what starts at once goes in ${calls === 2 ? 'two calls' : 'one call, where a limit may refuse it'}`, async t => {
    const place = setup(t)
    const jobs = place.queue()
    const requests = await addedRequests(place, jobs, 10)
    const { keys, client } = jobs.getBackend()
    let called = 0
    const batcher = new FinishStartBatcher({
      queue: {
        keys,
        client: () => {
          called += 1
          return client
        },
      },
      settings: { lockDuration: 30_000, ...(limiter && { limiter }) },
      concurrency: () => 10,
      onState: () => undefined,
    })
    const replies = await Promise.all(requests.map(request => batcher.start(request)))
    assert.deepEqual([...new Set(replies.map(([outcome]) => outcome))], ['active'])
    assert.equal(called, calls)
    assert.deepEqual(
      await place.redis.lrange(`${place.amqpQueue}:active`, 0, -1),
      requests.map(({ id }) => id).toReversed(),
    )
  })

test('what starts at once goes in one call while two calls of other queues are in flight', async t => {
  const place = setup(t)
  const jobs = place.queue()
  const requests = await addedRequests(place, jobs, 10)
  const { keys, client } = jobs.getBackend()
  const others = Promise.withResolvers<never>()
  const options = { settings: { lockDuration: 30_000 }, concurrency: () => 10, onState: () => undefined }
  const busy = Array.from({ length: 2 }, () => {
    const batcher = new FinishStartBatcher({ ...options, queue: { keys, client: () => others.promise } })
    return batcher.start({ id: 'of another queue', stamp: '1', token: 'token' })
  })
  await setImmediate()
  let called = 0
  const batcher = new FinishStartBatcher({
    ...options,
    queue: {
      keys,
      client: () => {
        called += 1
        return client
      },
    },
  })
  const replies = await Promise.all(requests.map(request => batcher.start(request)))
  assert.deepEqual([...new Set(replies.map(([outcome]) => outcome))], ['active'])
  assert.equal(called, 1)
  others.reject(new Error('over'))
  await Promise.allSettled(busy)
})

test("while as many jobs start as end, the queue's state is asked for every 10 ms, and not more often", async t => {
  const place = setup(t)
  const jobs = place.queue()
  const requests = await addedRequests(place, jobs, 60)
  const { keys, client } = jobs.getBackend()
  let toldAt = Number.NEGATIVE_INFINITY
  let askedAt = 0
  const batcher = new FinishStartBatcher({
    queue: {
      keys,
      // Asked for when it is decided whether the state is wanted.
      client: () => {
        askedAt = monotonicMs()
        return client
      },
    },
    settings: { lockDuration: 30_000 },
    concurrency: () => 1,
    onState: ({ waiting }) => {
      toldAt = monotonicMs()
      left.push(waiting)
    },
  })
  const left: number[] = []
  const seen = { soon: 0, late: 0 }
  for (const [n, request] of requests.entries()) {
    const lastAt = toldAt
    // Every tenth call comes late.
    while (n % 10 === 0 && monotonicMs() - lastAt < 10);
    const calledAt = monotonicMs()
    assert.equal((await batcher.start(request))[0], 'active')
    const isTold = toldAt > lastAt
    if (calledAt - lastAt >= 10) {
      seen.late += 1
      assert.ok(isTold, `the state was not told ${calledAt - lastAt} ms after the last time`)
      assert.equal(left.at(-1), requests.length - n - 1)
    } else if (askedAt - lastAt < 9.9) {
      seen.soon += 1
      assert.ok(!isTold, `the state was told ${askedAt - lastAt} ms after the last time`)
    }
  }
  assert.ok(seen.late >= 6 && seen.soon > 0, JSON.stringify(seen))
})
