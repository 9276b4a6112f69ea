import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, redisUrl, until } from '@jackalope/local-servers/testing'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { cancelJob, connect, deadLettersOf } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { ended } from '../support/ended.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'
import { startWorkerProcess, type WorkerProcessOptions } from '../support/worker-process.ts'

const LOCK_MS = 1_000

/** A job that runs in a process of its own. */
async function runningElsewhere(t: TestContext, name: string, more: Partial<WorkerProcessOptions> = {}) {
  const base = setup(t)
  const ledger = new Ledger()
  const queue = base.queue()
  const { id } = await queue.add(name, {}, { attempts: 3 })
  const options = { prefix: base.prefix, name: base.name, lockDurationMs: LOCK_MS, ...more }
  const start = () => startWorkerProcess(t, ledger, options)
  const worker = start()
  await ledger.untilRuns(1)
  return { ...base, ledger, queue, id: id as string, worker, start }
}

test('a job that runs in another process is aborted, fails for good with the reason, and so says its dead letter', async t => {
  const { queue, id, worker, ledger, redis, amqpQueue } = await runningElsewhere(t, 'obey')
  // Whoever may publish in Redis may publish anything.
  for (const noise of ['no JSON', 'null']) await redis.publish(`${amqpQueue}:canceled`, noise)
  assert.equal(await cancelJob(queue, id, 'not wanted'), 'requested')
  const [said] = await worker.untilSaid(/^aborted/)
  assert.equal(said, `aborted ${id} ERR_JOB_CANCELED Canceled: not wanted`)
  const job = await ended(queue, id)
  assert.deepEqual([job.failedReason, job.attemptsMade], ['Canceled: not wanted', 1])
  const { letters } = await deadLettersOf(queue).list()
  assert.deepEqual(
    letters.map(letter => letter.kind === 'job' && [letter.id, letter.status, letter.failure.reason]),
    [[id, 'failed', 'Canceled: not wanted']],
  )
  assert.equal(ledger.runCount, 1)
})

test('canceled twice, the first reason stands', async t => {
  const { queue, id, worker } = await runningElsewhere(t, 'hang')
  assert.equal(await cancelJob(queue, id, 'first'), 'requested')
  assert.equal(await cancelJob(queue, id, 'second'), 'requested')
  assert.equal((await ended(queue, id)).failedReason, 'Canceled: first')
  assert.equal(await cancelJob(queue, id, 'third'), 'finished')
  assert.ok(worker.process.exitCode === null)
})

test('a handler that ignores its signal loses its job, and its slot is free', async t => {
  const { queue, id, ledger } = await runningElsewhere(t, 'hang')
  await cancelJob(queue, id)
  assert.equal((await ended(queue, id)).failedReason, 'Canceled')
  const next = await queue.add('short', {})
  assert.equal((await ended(queue, next.id as string)).returnvalue, 'done')
  assert.deepEqual(ledger.ranTwice, [])
})

test('a frozen worker aborts the job when it thaws', async t => {
  const { queue, id, worker, ledger } = await runningElsewhere(t, 'obey', { lockDurationMs: 60_000 })
  worker.process.kill('SIGSTOP')
  assert.equal(await cancelJob(queue, id, 'while frozen'), 'requested')
  worker.process.kill('SIGCONT')
  assert.equal((await ended(queue, id)).failedReason, 'Canceled: while frozen')
  assert.equal(ledger.runCount, 1)
})

test('the job of a worker that stays frozen fails elsewhere, and its handler does not run again', async t => {
  const { queue, id, worker, ledger, start } = await runningElsewhere(t, 'obey')
  worker.process.kill('SIGSTOP')
  await cancelJob(queue, id, 'while frozen')
  start()
  assert.equal((await ended(queue, id)).failedReason, 'Canceled: while frozen')
  assert.equal(ledger.runCount, 1)
})

for (const order of ['canceled, then killed', 'killed, then canceled'])
  test(`R8: whoever takes the job of a killed worker over fails it (${order})`, async t => {
    const { queue, id, worker, ledger, start } = await runningElsewhere(t, 'hang')
    start()
    if (order === 'killed, then canceled') worker.process.kill('SIGKILL')
    await cancelJob(queue, id, order)
    worker.process.kill('SIGKILL')
    assert.equal((await ended(queue, id)).failedReason, `Canceled: ${order}`)
    assert.equal(ledger.runCount, 1)
  })

test('a worker that has no connection to Redis hears of it when it is back', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const more = { redisUrl: proxy.url, lockDurationMs: 60_000 }
  const { queue, id, ledger, worker } = await runningElsewhere(t, 'obey', more)
  await proxy.cut()
  assert.equal(await cancelJob(queue, id, 'unheard'), 'requested')
  await proxy.restore()
  await worker.untilSaid(/^aborted/)
  assert.equal((await ended(queue, id)).failedReason, 'Canceled: unheard')
  assert.equal(ledger.runCount, 1)
})

test("a canceled job of BullMQ's own Worker is not tried again, whatever its processor throws", async t => {
  const { queue, worker } = setup(t)
  const started = Promise.withResolvers<void>()
  worker(async (_job, _token, signal) => {
    started.resolve()
    await once(signal as AbortSignal, 'abort')
    throw new DOMException('This operation was aborted', 'AbortError')
  })
  const jobs = queue()
  const { id = '' } = await jobs.add('a', {}, { attempts: 3, backoff: 10 })
  await started.promise
  await cancelJob(jobs, id, 'no longer wanted')
  const failed = await ended(jobs, id)
  assert.deepEqual([failed.failedReason, failed.attemptsMade], ['Canceled: no longer wanted', 1])
})

test('while its worker drains, a job can be canceled', async t => {
  const { queue, id, worker } = await runningElsewhere(t, 'obey')
  worker.process.kill('SIGTERM')
  assert.equal(await cancelJob(queue, id, 'drain'), 'requested')
  await worker.untilSaid(/^aborted/)
  assert.equal((await ended(queue, id)).failedReason, 'Canceled: drain')
  await worker.ended
})

test('a job that completes all the same is completed, and runs when it is added or retried again', async t => {
  const { prefix, queue } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  const definition = defineJob({ name: 'jobs', input: z.unknown() })
  const started = Promise.withResolvers<void>()
  let runs = 0
  kit.work(definition, async ({ signal }) => {
    started.resolve()
    if (!runs++) await once(signal, 'abort')
    return 'done all the same'
  })
  const { id } = await kit.queue(definition).add({})
  await started.promise
  await kit.queue(definition).cancel(id)
  const jobs = queue()
  const job = await ended(jobs, id)
  assert.equal(job.returnvalue, 'done all the same')
  await job.retry('completed')
  assert.equal((await ended(jobs, id)).returnvalue, 'done all the same')
  assert.equal(runs, 2)
})

test('a kit hears of cancellations for as long as it has a worker for them', async t => {
  const { prefix, redis, amqpQueue } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  const definition = defineJob({ name: 'jobs', input: z.unknown() })
  const workers = [1, 2].map(() => kit.work(definition, async () => undefined))
  const subscribers = async () => (await redis.pubsub('NUMSUB', `${amqpQueue}:canceled`))[1]
  await until(async () => (await subscribers()) === 1)
  await workers[0]?.close({ timeoutMs: 1_000 })
  assert.equal(await subscribers(), 1)
  await workers[1]?.close({ timeoutMs: 1_000 })
  await until(async () => (await subscribers()) === 0)
  kit.work(definition, async () => undefined)
  await until(async () => (await subscribers()) === 1)
})

test('without the right to publish or to subscribe in Redis, a worker finds the wish by itself', async t => {
  const { prefix, redis, queue } = setup(t)
  const user = `test-${randomUUID()}`
  await redis.acl('SETUSER', user, 'on', '>secret', '~*', '+@all', 'resetchannels')
  const url = new URL(redisUrl())
  url.username = user
  url.password = 'secret'
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: url.href, prefix })
  onEnd(t, async () => {
    await kit.close()
    const admin = new Redis(redisUrl())
    await admin.acl('DELUSER', user)
    admin.disconnect()
  })
  const definition = defineJob({ name: 'jobs', input: z.unknown() })
  const started = Promise.withResolvers<void>()
  kit.work(definition, async ({ signal }) => {
    started.resolve()
    await once(signal, 'abort')
    throw signal.reason
  })
  const { id } = await kit.queue(definition).add({})
  await started.promise
  assert.equal(await kit.queue(definition).cancel(id), 'requested')
  assert.equal((await ended(queue(), id)).failedReason, 'Canceled')
})
