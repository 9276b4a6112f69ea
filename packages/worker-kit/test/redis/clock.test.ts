import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { brokerAdmin } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { forget } from '../support/redis-memory.ts'
import { setup } from '../support/setup.ts'

test('R7: a replaced server leaves one gap, from the last stamp to beyond now; stamps go on after it', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.add('a', {})
  const before = await clockOf(redis, amqpQueue)
  await replaceServer(redis, amqpQueue)
  const job = await jobs.add('b', {})
  const { gaps } = await clockOf(redis, amqpQueue)
  const [from, to] = gaps.at(-1) as [number, number]
  assert.equal(gaps.length, 2)
  assert.equal(from, before.last)
  assert.ok(to > from)
  assert.ok(Number(await redis.hget(`${amqpQueue}:${job.id}`, 'stamp')) > to)
})

test('R7: a server that is replaced again before it stamped anything widens the gap', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.add('a', {})
  for (let replacement = 0; replacement < 3; replacement++) {
    await replaceServer(redis, amqpQueue)
    // Looks at the clock, and stamps nothing.
    await jobs.add('later', {}, { delay: 60_000 })
  }
  assert.equal((await clockOf(redis, amqpQueue)).gaps.length, 2)
})

test('R7: however often servers are replaced, 64 gaps are kept, and none is forgotten', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  for (let replacement = 0; replacement < 70; replacement++) {
    await jobs.add('a', {})
    await replaceServer(redis, amqpQueue)
  }
  await jobs.add('a', {})
  const { gaps } = await clockOf(redis, amqpQueue)
  assert.equal(gaps.length, 64)
  assert.equal(gaps[0]?.[0], 0)
  assert.ok(
    gaps.every(([from, to], i) => from < to && (i === 0 || from > (gaps[i - 1] as [number, number])[1])),
  )
})

test('R7: a job that a server stamped whose clock was an hour ahead is lost, not removed, and stamps go on after it', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const job = await jobs.add('ahead', {})
  const message = await admin.get(amqpQueue, { noAck: true })
  assert.ok(message)
  const stamp = String((Date.now() + 3_600_000) * 1_000)
  admin.publish('', amqpQueue, message.content, { ...message.properties, headers: { 'x-stamp': stamp } })
  await admin.checkQueue(amqpQueue)
  await jobs.remove(job.id as string)
  const ledger = new Ledger()
  worker(async ({ id }) => ledger.note(id))
  await ledger.untilRan(1)
  assert.deepEqual([...ledger.runs.keys()], [job.id])
  await jobs.pause()
  const next = await jobs.add('next', {})
  assert.ok(Number(await redis.hget(`${amqpQueue}:${next.id}`, 'stamp')) > Number(stamp))
})

test('R7: jobs that were stamped after a leap are lost with a flush, also beside a retry that is stamped among them', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.add('before', {})
  await replaceServer(redis, amqpQueue)
  await jobs.addBulk(Array.from({ length: 5 }, () => ({ name: 'leapt', data: {}, opts: { attempts: 2 } })))
  await forget(redis, amqpQueue)
  const ledger = new Ledger()
  // Of a process that knows of no clock.
  worker(async ({ id, attemptsMade }) => {
    if (attemptsMade === 0) throw new Error('not yet')
    ledger.note(id)
  })
  await ledger.untilRan(5)
  assert.deepEqual(ledger.ranTwice, [])
})

test('R7: a stamp that is given out after a flush is none that was given out before it, after a leap', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.add('before', {})
  await replaceServer(redis, amqpQueue)
  const leapt = await jobs.add('leapt', {})
  const stampOf = async (id = '') => Number(await redis.hget(`${amqpQueue}:${id}`, 'stamp'))
  const stamp = await stampOf(leapt.id)
  await forget(redis, amqpQueue)
  const { id } = await jobs.add('after', {})
  assert.ok((await stampOf(id)) > stamp)
})

async function replaceServer(redis: Redis, amqpQueue: string): Promise<void> {
  await redis.hset(`${amqpQueue}:clock`, 'run', 'of another server process')
  // Replacing a server takes longer than this. So soon after a stamp, the clock does not ask for the run_id.
  const stampedAt = Number(await redis.hget(`${amqpQueue}:clock`, 'last'))
  while (await isWithin(redis, stampedAt, 2_000)) await new Promise(resolve => setImmediate(resolve))
}

async function isWithin(redis: Redis, stamp: number, micros: number): Promise<boolean> {
  const [seconds, rest] = await redis.time()
  const now = Number(seconds) * 1_000_000 + Number(rest)
  return now > stamp && now - stamp < micros
}

async function clockOf(redis: Redis, amqpQueue: string): Promise<{ last: number; gaps: [number, number][] }> {
  const [last, gaps] = await redis.hmget(`${amqpQueue}:clock`, 'last', 'gaps')
  const parsed = (gaps ?? '').split(' ').map(gap => gap.split('-').map(Number) as [number, number])
  return { last: Number(last), gaps: parsed }
}

for (const known of [true, false])
  test(`R7: ids are not used again when a worker that ${known ? 'knows the queue' : 'has just started'} is the first to see that Redis was flushed`, async t => {
    const { queue, worker, redis, amqpQueue } = setup(t)
    const ledger = new Ledger()
    const recordedFirst = queue()
    const recordedAtStart = queue({ backend: { recordOn: 'start' } })
    const start = () => worker(async ({ id }) => ledger.note(id))
    await ledger.add(recordedFirst, 'a', 3)
    await ledger.add(recordedAtStart, 'b', 1)
    const first = start()
    await ledger.untilRan(4)
    if (!known) await first.close()
    await forget(redis, amqpQueue)
    await ledger.add(recordedAtStart, 'c', 1)
    if (!known) start()
    await ledger.untilRan(5)
    const [id] = await ledger.add(recordedFirst, 'd', 1)
    await ledger.untilRan(6)
    assert.ok(Number(id) > 3, `${id} was given out before`)
  })

test('R7: jobs with stamps ahead of the clock are lost with a flush, also when a job that is recorded at its start comes first', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const ledger = new Ledger()
  const recordedAtStart = queue({ backend: { recordOn: 'start' } })
  const recordedFirst = queue()
  await ledger.add(recordedAtStart, 'long', 1)
  await ledger.add(recordedAtStart, 'short', 1)
  await ledger.add(recordedFirst, 'first', 1)
  // As of a server whose clock was half a second ahead.
  await redis.hset(`${amqpQueue}:clock`, 'last', String((Date.now() + 500) * 1_000))
  await ledger.add(recordedFirst, 'ahead', 3)
  await forget(redis, amqpQueue)
  worker(async ({ id, name }) => {
    // By then the new server's clock has reached their stamps.
    if (name === 'long') await delay(700)
    ledger.note(id)
  })
  await ledger.untilRan(6)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})
