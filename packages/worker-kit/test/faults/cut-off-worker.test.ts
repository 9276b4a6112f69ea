import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import type { Channel } from 'amqplib'
import type { Job, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { RecordOn } from '../../src/index.ts'
import { brokerAdmin, parkingQueue, readyCount } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

const PATIENCE_MS = 20_000

test('R8: a worker that lost the broker and lives keeps its job; the message is parked and holds no slot', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const parked = await parkingQueue(admin, amqpQueue)
  const proxy = await proxyTo(t, amqpUrl())
  const ledger = new Ledger()
  const jobs = queue()
  const release = Promise.withResolvers<void>()
  const owner = worker(
    async job => {
      ledger.note(job.id)
      await release.promise
    },
    { backend: { url: proxy.url } },
  )
  await ledger.add(jobs, 'long', 1)
  await ledger.untilRan(1)
  worker(async job => ledger.note(job.id))
  await proxy.cut()
  await untilReady(admin, parked, 1)
  await ledger.add(jobs, 'short', 1)
  await ledger.untilRan(2)

  const completed = completionOf(owner)
  release.resolve()
  await completed
  // The parked message comes back and is dropped: its job is done.
  await untilReady(admin, parked, 0)
  await proxy.restore()
  await ledger.add(jobs, 'last', 1)
  await ledger.untilRan(3)
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})

test('R8: a parked message comes back as often as its job needs, and at last to the owner', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const parked = await parkingQueue(admin, amqpQueue)
  const proxy = await proxyTo(t, amqpUrl())
  const ledger = new Ledger()
  const release = Promise.withResolvers<void>()
  const owner = worker(
    async job => {
      ledger.note(job.id)
      await release.promise
    },
    { backend: { url: proxy.url } },
  )
  const jobs = queue()
  await ledger.add(jobs, 'long', 1)
  await ledger.untilRan(1)
  const other = worker(async job => ledger.note(job.id))
  await proxy.cut()
  for (const parkedNow of [1, 0, 1, 0, 1]) await untilReady(admin, parked, parkedNow)
  await other.close()
  await proxy.restore()
  await until(async () => (await admin.checkQueue(amqpQueue)).consumerCount > 0)
  const completed = completionOf(owner)
  release.resolve()
  await completed
  await untilReady(admin, parked, 0)
  // It runs after what came before it, the message of the finished job.
  await ledger.add(jobs, 'last', 1)
  await ledger.untilRan(2)
  await owner.close()
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
  assert.deepEqual([await readyCount(admin, amqpQueue), await readyCount(admin, parked)], [0, 0])
})

test('R8: a worker whose connection to Redis was cut is known by its new one, and keeps its job', async t => {
  const { queue, worker, amqpQueue, redis } = setup(t)
  const admin = await brokerAdmin(t)
  const parked = await parkingQueue(admin, amqpQueue)
  const broker = await proxyTo(t, amqpUrl())
  const state = await proxyTo(t, redisUrl())
  const ledger = new Ledger()
  const release = Promise.withResolvers<void>()
  const owner = worker(
    async job => {
      ledger.note(job.id)
      await release.promise
    },
    {
      backend: { url: broker.url },
      connection: { url: state.url, maxRetriesPerRequest: null, retryStrategy: () => 50 },
    },
  )
  await ledger.add(queue(), 'long', 1)
  await ledger.untilRan(1)
  worker(async job => ledger.note(job.id))
  const before = await redis.hvals(`${amqpQueue}:owners`)
  await state.cut()
  await state.restore()
  await untilOwnersAreOther(redis, amqpQueue, before)
  await broker.cut()
  await untilReady(admin, parked, 1)
  const completed = completionOf(owner)
  release.resolve()
  await completed
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})

for (const recordOn of ['add', 'start'] as const)
  test(`R8: a job recorded on ${recordOn} whose start was not answered runs once the worker is back at Redis`, t =>
    muteTheStart(t, recordOn))

async function muteTheStart(t: TestContext, recordOn: RecordOn): Promise<void> {
  const { queue, worker } = setup(t)
  const state = await proxyTo(t, redisUrl())
  const ledger = new Ledger()
  const jobs = queue({ backend: { recordOn } })
  await ledger.add(jobs, 'a', 1)
  const consumer = worker(async job => ledger.note(job.id), {
    connection: { url: state.url, maxRetriesPerRequest: null, retryStrategy: () => 50 },
  })
  // Then it waits for the broker, and for no answer of Redis.
  await once(consumer, 'drained')
  state.mute()
  await ledger.add(jobs, 'b', 1)
  await until(async () => (await jobs.getActiveCount()) === 1)
  const recordedAt = Date.now()
  await state.cut()
  await state.restore()
  await ledger.untilRan(2)
  assert.ok(Date.now() - recordedAt < 20_000, 'long before the lock lapsed')
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
}

test('R8: a frozen worker keeps its job until the lock lapses; thawed, all it says late is refused', async t => {
  const { queue, worker, prefix, name, amqpQueue, redis } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const ledger = new Ledger()
  const jobs = queue()
  const owner = startWorkerProcess(t, ledger, { prefix, name, amqpUrl: proxy.url, lockDurationMs: 3_000 })
  const [id] = (await ledger.add(jobs, 'report', 1)) as [string]
  await ledger.untilRuns(1)
  const release = Promise.withResolvers<void>()
  const takenOverAt = Promise.withResolvers<number>()
  worker(async job => {
    ledger.note(job.id)
    takenOverAt.resolve(Date.now())
    await release.promise
    return 'in time'
  })

  owner.process.kill('SIGSTOP')
  const lapsesAt = Date.now() + (await redis.pttl(`${amqpQueue}:${id}:lock`))
  await proxy.cut()
  const earlyMs = lapsesAt - (await takenOverAt.promise)
  assert.ok(earlyMs < 100, `taken over ${earlyMs} ms before the lock lapsed`)

  await proxy.restore()
  owner.process.kill('SIGCONT')
  owner.order()
  for (const what of ['progress', 'log', 'data'])
    await owner.untilSaid(new RegExp(`^refused ${what}: Lock mismatch`))
  await owner.untilSaid(/Lock mismatch for job .* moveToFinished/)
  release.resolve()
  await until(async () => (await jobs.getCompletedCount()) === 1)
  const job = (await jobs.getJob(id)) as Job
  assert.deepEqual(
    [job.returnvalue, job.progress, job.data, (await jobs.getJobLogs(id)).count],
    ['in time', 0, { n: 0 }, 0],
  )
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], [id]])
})

test('R8: a worker whose job was taken over may get it back when the one that took it dies', async t => {
  const { queue, prefix, name } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const ledger = new Ledger()
  const options = { prefix, name, concurrency: 2 }
  const first = startWorkerProcess(t, ledger, { ...options, amqpUrl: proxy.url, lockDurationMs: 2_000 })
  const [id] = (await ledger.add(queue(), 'hang', 1)) as [string]
  await ledger.untilRuns(1)
  const second = startWorkerProcess(t, ledger, { ...options, lockDurationMs: 60_000 })
  first.process.kill('SIGSTOP')
  await proxy.cut()
  await second.untilSaid(new RegExp(`^started ${id}$`))

  await proxy.restore()
  first.process.kill('SIGCONT')
  // Its first run still hangs: it must not take the message for that one's.
  await first.untilSaid(/could not renew lock/)
  second.process.kill('SIGKILL')
  await first.untilSaid(new RegExp(`^started ${id}$`), 2)
  assert.ok(!first.said.some(line => line.includes('moveToFinished')), 'before its first run has ended')
  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
})

test('a worker consumes again by itself after its connection was cut', async t => {
  const { queue, worker } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const jobs = queue()
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), { backend: { url: proxy.url } })
  for (let round = 1; round <= 3; round++) {
    await ledger.add(jobs, 'a', 1)
    await ledger.untilRan(round)
    await proxy.cut()
    await proxy.restore()
  }
  await ledger.add(jobs, 'a', 1)
  await ledger.untilRan(4)
  assert.deepEqual(ledger.ranTwice, [])
})

function untilReady(admin: Channel, queue: string, count: number): Promise<void> {
  return until(async () => (await readyCount(admin, queue)) === count)
}

function untilOwnersAreOther(redis: Redis, amqpQueue: string, before: string[]): Promise<void> {
  return until(async () => {
    const now = await redis.hvals(`${amqpQueue}:owners`)
    return before.some(entry => !now.includes(entry))
  })
}

/** Asks again and again: servers do not tell when this changes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isSo())) assert.ok(Date.now() < deadline, `${isSo} still does not hold`)
}

/** As `once`, but for a worker that may say meanwhile that its broker is away. */
function completionOf(worker: Worker): Promise<unknown> {
  return new Promise(resolve => worker.once('completed', resolve))
}
