import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, redisUrl, until } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import { connect, type Kit, type QueueEvent, UnrecoverableError } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { setup } from '../support/setup.ts'

const work = defineJob({ name: 'jobs', input: z.object({ n: z.number() }), attempts: 2 })

async function connected(t: TestContext, address = redisUrl()) {
  const { prefix, redis } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: address, prefix })
  onEnd(t, () => kit.close())
  return { kit, redis, prefix }
}

async function addAll(kit: Kit, ids: string[], options = {}): Promise<void> {
  for (const [n, jobId] of ids.entries()) await kit.queue(work).add({ n }, { jobId, ...options })
}

test('many jobs are read at once with their states, in the order of the ids', async t => {
  const { kit, redis, prefix } = await connected(t)
  const queue = kit.queue(work)
  const { promise: goOn, resolve } = Promise.withResolvers<void>()
  await addAll(kit, ['done', 'bad', 'runs', 'waits'])
  await addAll(kit, ['later'], { delay: 100_000 })
  kit.work(work, async ({ id, progress }) => {
    if (id === 'done') return 'result'
    if (id === 'bad') throw new UnrecoverableError('no good')
    await progress(42)
    await goOn
    return undefined
  })
  await until(async () => (await queue.readJobs(['runs']))[0]?.progress === 42)
  await redis.set(`${prefix}:jobs:broken`, 'a text')
  await redis.hset(`${prefix}:jobs:torn`, { data: '{"n":', opts: '{}', timestamp: '1' })
  const jobs = await queue.readJobs(['waits', 'done', 'none', 'bad', 'later', 'broken', 'runs', 'torn'])
  const states = jobs.map(job => job?.state)
  const expected = [
    'waiting',
    'completed',
    undefined,
    'failed',
    'delayed',
    'unreadable',
    'active',
    'unreadable',
  ]
  assert.deepEqual(states, expected)
  const [waits, done, , bad] = jobs
  assert.deepEqual([waits?.data, done?.result, bad?.failedReason], [{ n: 3 }, 'result', 'no good'])
  assert.ok(done?.startedAt && done.finishedAt && done.finishedAt >= done.startedAt)
  assert.match(bad?.stacktraces.at(-1) ?? '', /^UnrecoverableError: no good/)
  assert.equal(bad?.attemptsMade, 1)
  resolve()
})

test('a job that does not run is removed, whatever its record is', async t => {
  const { kit, redis, prefix } = await connected(t)
  const queue = kit.queue(work)
  await addAll(kit, ['waits', 'torn', 'text'])
  await redis.hset(`${prefix}:jobs:torn`, 'opts', '{"torn')
  await redis.del(`${prefix}:jobs:text`)
  await redis.set(`${prefix}:jobs:text`, 'a text')
  for (const id of ['waits', 'torn', 'text', 'none']) assert.equal(await queue.remove(id), true)
  assert.deepEqual(await redis.lrange(`${prefix}:jobs:wait`, 0, -1), [])
  const { promise: goOn, resolve } = Promise.withResolvers<void>()
  kit.work(work, () => goOn)
  await addAll(kit, ['runs'])
  await until(async () => (await queue.readJobs(['runs']))[0]?.state === 'active')
  assert.equal(await queue.remove('runs'), false)
  resolve()
})

test('a waiting job has a place in line', async t => {
  const { kit } = await connected(t)
  await addAll(kit, ['a', 'b', 'c'])
  await kit.queue(work).add({ n: 4 }, { jobId: 'last', priority: 9 })
  await kit.queue(work).add({ n: 5 }, { jobId: 'fourth', priority: 2 })
  const ids = ['a', 'b', 'c', 'fourth', 'last', 'none']
  const places = await Promise.all(ids.map(id => kit.queue(work).placeInLine(id)))
  assert.deepEqual(places, [1, 2, 3, 4, 5, undefined])
})

test('events of all processes are told in order, also those of a moment ago', async t => {
  const { kit } = await connected(t)
  const before = new Date(Date.now() - 1_000)
  await addAll(kit, ['early'])
  const events = follow(kit, before)
  kit.work(work, async ({ id, attempt, progress }) => {
    await progress(50)
    if (id === 'late' && attempt === 1) throw new Error('once')
    return 'done'
  })
  await addAll(kit, ['late'])
  await until(async () => namesOf(events, 'late').at(-1) === 'completed')
  assert.deepEqual(namesOf(events, 'early'), ['added', 'waiting', 'active', 'progress', 'completed'])
  assert.deepEqual(namesOf(events, 'late').slice(0, 4), ['added', 'waiting', 'active', 'progress'])
  const ids = events.map(({ id }) => id.split('-').map(Number) as [number, number])
  for (const [index, [ms, n]] of ids.entries()) {
    const [lastMs, lastN] = ids[index - 1] ?? [0, 0]
    assert.ok(ms > lastMs || (ms === lastMs && n > lastN))
  }
})

test('events of an outage of the connection are told afterwards', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const { kit, prefix } = await connected(t, proxy.url)
  const other = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => other.close())
  let reconnects = 0
  const events = follow(kit, new Date(), () => {
    reconnects += 1
  })
  await addAll(other, ['a'])
  await until(async () => namesOf(events, 'a').length === 2)
  await proxy.cut()
  await addAll(other, ['b'])
  await proxy.restore()
  await until(async () => namesOf(events, 'b').length === 2)
  assert.deepEqual(namesOf(events, 'b'), ['added', 'waiting'])
  await until(async () => reconnects > 0)
})

test('a feed that is closed ends at once, and a torn entry does not end it', async t => {
  const { kit, redis, prefix } = await connected(t)
  const events = follow(kit)
  await redis.xadd(`${prefix}:jobs:events`, '*', 'event', 'progress', 'jobId', 'x', 'data', '{"torn')
  await redis.xadd(`${prefix}:jobs:events`, '*', 'event', 'drained')
  await until(async () => events.length === 2)
  assert.deepEqual(events[0]?.fields, { data: '{"torn' })
  assert.equal(events[1]?.jobId, undefined)
  const startedAt = performance.now()
  await kit.close()
  assert.ok(performance.now() - startedAt < 3_000)
})

function follow(kit: Kit, since = new Date(Date.now() - 1_000), onReconnect?: () => void): QueueEvent[] {
  const events: QueueEvent[] = []
  kit.events(work, { since, onEvents: batch => void events.push(...batch), onReconnect })
  return events
}

function namesOf(events: QueueEvent[], id: string): string[] {
  return events.filter(({ jobId }) => jobId === id).map(({ name }) => name)
}
