import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { createRabbitmqBackend } from '../../src/index.ts'
import { Takeover } from '../../src/worker/takeover/takeover.ts'
import { delivery } from '../support/delivery.ts'
import { Ledger } from '../support/ledger.ts'
import { type Setup, setup } from '../support/setup.ts'
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts'

const LOCK_MS = 3_000

test('R8: an entry from before Redis was started anew proves nothing: the lock is waited for', async t => {
  const made = setup(t)
  const { ledger, victim, id } = await runningElsewhere(t, made)
  const ownersKey = `${made.amqpQueue}:owners`
  for (const [worker, entry] of Object.entries(await made.redis.hgetall(ownersKey)))
    await made.redis.hset(ownersKey, worker, entry.replace(/^\w+/, 'f'.repeat(40)))
  await assertWaitsForLock(made, ledger, victim, id)
})

test('R8: where Redis refuses CLIENT, the lock is waited for', async t => {
  const made = setup(t)
  const restricted = await userWithoutClient(t)
  const { ledger, victim, id } = await runningElsewhere(t, made)
  await assertWaitsForLock(made, ledger, victim, id, restricted)
})

test('R8: a delivery that cannot be parked is kept for a second: requeued at once it would come back at once', async () => {
  const takeover = new Takeover({
    queue: { keys: {} as never, client: () => Promise.reject(new Error('away')) },
    isRunning: () => false,
    retry: () => assert.fail('nothing is known of its job'),
    park: () => Promise.reject(new Error('refused')),
    onError: () => undefined,
  })
  const keepsAlive = setInterval(() => undefined, 10_000)
  const { promise: requeued, resolve: requeue } = Promise.withResolvers<void>()
  const before = performance.now()
  takeover.consider(delivery('a', { requeue }))
  await requeued
  clearInterval(keepsAlive)
  assert.ok(performance.now() - before > 990)
})

test('R8: the worker that takes a job over says that it had stalled, before it starts it', async t => {
  const { queue, worker } = setup(t)
  const left = worker(() => new Promise(() => undefined), { lockDuration: 60_000 })
  const started = once(left, 'active')
  const job = await queue().add('a', {})
  await started
  await left.close(true)
  const heir = worker(async () => undefined)
  const said: string[] = []
  heir.on('stalled', (id, previousState) => said.push(`${id} stalled, was ${previousState}`))
  heir.on('active', ({ id, stalledCounter }) => said.push(`${id} active, stalled ${stalledCounter} times`))
  await once(heir, 'completed')
  assert.deepEqual(said, [`${job.id} stalled, was active`, `${job.id} active, stalled 1 times`])
})

test('R8: it says so at its next check when its backend was made by a factory around ours', async t => {
  const { queue, worker, name, prefix } = setup(t)
  const left = worker(() => new Promise(() => undefined), { lockDuration: 60_000 })
  const started = once(left, 'active')
  const job = await queue().add('a', {})
  await started
  await left.close(true)
  const factory = createRabbitmqBackend({ url: amqpUrl() })
  const connection = { url: redisUrl(), maxRetriesPerRequest: null }
  const heir = new Worker(
    name,
    async () => undefined,
    { connection, prefix, stalledInterval: 100 },
    (...given) => factory(...given),
  )
  const [stalledId] = await once(heir, 'stalled')
  await heir.close()
  assert.equal(stalledId, job.id)
})

test('R8: a worker that may not ask for its own connection is not announced, and works', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), {
    connection: { url: await userWithoutClient(t), maxRetriesPerRequest: null },
  })
  await ledger.add(queue(), 'a', 1)
  await ledger.untilRan(1)
  assert.deepEqual(await redis.hgetall(`${amqpQueue}:owners`), {})
})

test('entries of workers that were not heard of for an hour are swept when another one comes', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const now = Number((await redis.time())[0])
  const entry = (ageSeconds: number) => `run 1 ${now - ageSeconds}`
  await redis.hset(`${amqpQueue}:owners`, { old: entry(3_700), recent: entry(3_500), broken: 'x' })
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  await ledger.add(queue(), 'a', 1)
  await ledger.untilRan(1)
  const owners = await redis.hkeys(`${amqpQueue}:owners`)
  assert.deepEqual(
    [owners.includes('old'), owners.includes('recent'), owners.includes('broken')],
    [false, true, false],
  )
})

test('obliterate and the removal of orphaned jobs know the keys of workers', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const ledger = new Ledger()
  const consumer = worker(async job => ledger.note(job.id))
  await ledger.add(jobs, 'a', 1)
  await ledger.untilRan(1)
  await consumer.close()
  assert.equal(await jobs.removeOrphanedJobs(), 0)
  assert.equal(await redis.hlen(`${amqpQueue}:owners`), 1)
  await jobs.obliterate()
  assert.deepEqual(await redis.keys(`${amqpQueue}:*`), [])
})

test('R8: a run reports on its own job until it has ended; others may report on it as in BullMQ', async t => {
  const { queue, worker, redis, amqpQueue, events } = setup(t)
  const listener = await events()
  const jobs = queue()
  const refusals: string[] = []
  worker(async job => {
    await job.updateProgress(1)
    await job.log('mine')
    await redis.set(`${amqpQueue}:${job.id}:lock`, 'of another')
    for (const report of [job.updateProgress(2), job.log('late'), job.updateData({ late: true })])
      await report.catch(error => refusals.push(error.message))
    await redis.del(`${amqpQueue}:${job.id}:lock`)
    await job.updateProgress(3).catch(error => refusals.push(error.message))
    await redis.set(`${amqpQueue}:${job.id}:lock`, job.token as string)
  })
  const added = await jobs.add('a', { n: 1 })
  await added.waitUntilFinished(listener)
  assert.deepEqual(
    refusals.map(text => /^(Lock mismatch|Missing lock)/.exec(text)?.[1]),
    ['Lock mismatch', 'Lock mismatch', 'Lock mismatch', 'Missing lock'],
  )
  const job = await jobs.getJob(added.id as string)
  assert.deepEqual(
    [job?.progress, job?.data, (await jobs.getJobLogs(added.id as string)).logs],
    [1, { n: 1 }, ['mine']],
  )
  await job?.updateProgress(50)
  assert.equal((await jobs.getJob(added.id as string))?.progress, 50)
})

interface Running {
  ledger: Ledger
  victim: WorkerProcess
  id: string
}

/** A job that runs in a process of its own. */
async function runningElsewhere(t: TestContext, { queue, prefix, name }: Setup): Promise<Running> {
  const ledger = new Ledger()
  const [id] = (await ledger.add(queue(), 'hang', 1)) as [string]
  const victim = startWorkerProcess(t, ledger, { prefix, name, lockDurationMs: LOCK_MS })
  await ledger.untilRuns(1)
  return { ledger, victim, id }
}

/** Kills a job's worker; another one takes the job when the lock has lapsed, and soon after. */
async function assertWaitsForLock(
  { worker, redis, amqpQueue }: Setup,
  ledger: Ledger,
  victim: WorkerProcess,
  id: string,
  url = redisUrl(),
): Promise<void> {
  victim.process.kill('SIGKILL')
  const lapsesAt = Date.now() + (await redis.pttl(`${amqpQueue}:${id}:lock`))
  worker(async job => ledger.note(job.id), { connection: { url, maxRetriesPerRequest: null } })
  await ledger.untilRuns(2)
  const lateMs = Date.now() - lapsesAt
  assert.ok(lateMs > -100, `taken over ${-lateMs} ms before the lock lapsed`)
}

/** Address of Redis for a user that may do all but ask about clients. */
async function userWithoutClient(t: TestContext): Promise<string> {
  const redis = new Redis(redisUrl())
  const [user, password] = [`test-${randomUUID()}`, randomUUID()]
  const rights = ['~*', '&*', '+@all', '-client|id', '-client|list']
  await redis.call('ACL', 'SETUSER', user, 'on', `>${password}`, ...rights)
  onEnd(t, async () => {
    await redis.call('ACL', 'DELUSER', user)
    redis.disconnect()
  })
  const url = new URL(redisUrl())
  url.username = user
  url.password = password
  return url.href
}
