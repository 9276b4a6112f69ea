import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import type { Job } from 'bullmq'
import { z } from 'zod'
import { connect, type Kit, UnrecoverableError } from '../../src/index.ts'
import { defineJob, type JobDefinition } from '../../src/job/index.ts'
import { setup } from '../support/setup.ts'

const greet = defineJob({
  name: 'jobs',
  input: z.object({ to: z.string(), polite: z.boolean().default(true) }),
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 20, maxDelayMs: 40 },
})

async function connected(t: TestContext): Promise<Kit> {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  return kit
}

async function finished<I, O, R>(kit: Kit, definition: JobDefinition<I, O, R>, id: string): Promise<Job> {
  const queue = kit.queue(definition)
  for (;;) {
    const job = await queue.getJob(id)
    if (job?.finishedOn) return job
    await new Promise(resolve => setImmediate(resolve))
  }
}

test('a handler gets the payload as its schema gives it, and its result is kept', async t => {
  const kit = await connected(t)
  kit.work(greet, async ({ data, attempt, attempts }) => ({ ...data, attempt, attempts }))
  const { id, duplicate } = await kit.queue(greet).add({ to: 'Ada' })
  assert.equal(duplicate, false)
  const job = await finished(kit, greet, id)
  assert.deepEqual(job.returnvalue, { to: 'Ada', polite: true, attempt: 1, attempts: 3 })
})

test('a handler is told how often its job has lost a worker, which is no attempt', async t => {
  const { prefix, worker } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  const left = worker(() => new Promise(() => undefined), { lockDuration: 60_000 })
  const started = once(left, 'active')
  const { id } = await kit.queue(greet).add({ to: 'Ada' })
  await started
  await left.close(true)
  kit.work(greet, async ({ attempt, stalls }) => ({ attempt, stalls }))
  assert.deepEqual((await finished(kit, greet, id)).returnvalue, { attempt: 1, stalls: 1 })
})

test('a payload that does not fit is refused at add, naming every field', async t => {
  const kit = await connected(t)
  const bad = { polite: 'very' } as unknown as { to: string }
  await assert.rejects(kit.queue(greet).add(bad), { code: 'ERR_INVALID_PAYLOAD', message: /to: .*polite: / })
  assert.equal(await kit.queue(greet).bull.count(), 0)
})

test('a payload that does not fit fails at the worker for good, without the handler', async t => {
  const kit = await connected(t)
  kit.work(greet, async () => assert.fail('the handler ran'))
  const job = await kit.queue(greet).bull.add('jobs', { to: 5 })
  const failed = await finished(kit, greet, job.id as string)
  assert.match(failed.failedReason, /payload does not fit: to/)
  assert.equal(failed.attemptsMade, 1)
})

test('add says that it dropped a duplicate', async t => {
  const kit = await connected(t)
  const queue = kit.queue(greet)
  assert.deepEqual(await queue.add({ to: 'Ada' }, { jobId: 'ada' }), { id: 'ada', duplicate: false })
  assert.deepEqual(await queue.add({ to: 'Bob' }, { jobId: 'ada' }), { id: 'ada', duplicate: true })
  const first = await queue.add({ to: 'Eve' }, { deduplication: { id: 'eve' } })
  const second = await queue.add({ to: 'Eve' }, { deduplication: { id: 'eve' } })
  assert.deepEqual(second, { id: first.id, duplicate: true })
})

test('a throw is retried by the policy, an UnrecoverableError is not', async t => {
  const kit = await connected(t)
  kit.work(greet, async ({ data, attempt }) => {
    if (data.to === 'nobody') throw new UnrecoverableError('there is nobody')
    if (attempt < 3) throw new Error('not yet')
    return attempt
  })
  const retried = await kit.queue(greet).add({ to: 'Ada' })
  const refused = await kit.queue(greet).add({ to: 'nobody' })
  assert.equal((await finished(kit, greet, retried.id)).returnvalue, 3)
  const failed = await finished(kit, greet, refused.id)
  assert.deepEqual([failed.failedReason, failed.attemptsMade], ['there is nobody', 1])
})

test('an attempt whose time is over is aborted and fails', async t => {
  const kit = await connected(t)
  const slow = defineJob({ name: 'jobs', input: z.object({}), timeoutMs: 100 })
  const aborted = Promise.withResolvers<unknown>()
  kit.work(slow, async ({ signal }) => {
    await once(signal, 'abort')
    aborted.resolve(signal.reason.code)
    throw new Error('stopped')
  })
  const { id } = await kit.queue(slow).add({})
  const job = await finished(kit, slow, id)
  assert.match(job.failedReason, /longer than 100 ms/)
  assert.equal(await aborted.promise, 'ERR_JOB_TIMEOUT')
})

test('progress and log lines can be read from outside', async t => {
  const kit = await connected(t)
  kit.work(greet, async ({ progress, log }) => {
    await progress(40)
    await log('nearly there')
  })
  const { id } = await kit.queue(greet).add({ to: 'Ada' })
  const job = await finished(kit, greet, id)
  assert.equal(job.progress, 40)
  assert.deepEqual((await kit.queue(greet).bull.getJobLogs(id)).logs, ['nearly there'])
})

test('closing waits for a running job; when its time is over, aborts it and gives it back at no attempt', async t => {
  const { prefix } = setup(t)
  const urls = { amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix }
  const first = await connect(urls)
  const started = Promise.withResolvers<void>()
  first.work(greet, async ({ signal }) => {
    started.resolve()
    await once(signal, 'abort')
    throw new Error('stopped')
  })
  const { id } = await first.queue(greet).add({ to: 'Ada' })
  await started.promise
  await first.close({ timeoutMs: 50 })

  const second = await connect(urls)
  onEnd(t, () => second.close())
  second.work(greet, async ({ attempt }) => attempt)
  assert.equal((await finished(second, greet, id)).returnvalue, 1)
})

test('close may be called twice, and a closed kit says so', async t => {
  const kit = await connected(t)
  await Promise.all([kit.close(), kit.close()])
  assert.throws(() => kit.queue(greet), { code: 'ERR_CLOSED' })
})

test("run ends when the kit is closed by other means, and a later signal is not the kit's", async t => {
  const kit = await connected(t)
  const listeners = () => process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')
  const before = listeners()
  const running = kit.run()
  assert.equal(listeners(), before + 2)
  await kit.close()
  await running
  assert.equal(listeners(), before)
  await assert.rejects(kit.run(), { code: 'ERR_CLOSED' })
})

test('each definition of a name checks and adds by itself; dead letters and counts need the name alone', async t => {
  const kit = await connected(t)
  await kit.onDeadLetter({ name: 'jobs' }, 'alerts', async () => undefined)
  assert.equal((await kit.deadLetters({ name: 'jobs' }).list()).total, 0)
  const once = defineJob({ name: 'jobs', input: z.object({ from: z.string() }) })
  const optsOf = async (id: string) => (await kit.queue(greet).getJob(id))?.opts.attempts
  assert.equal(await optsOf((await kit.queue(greet).add({ to: 'Ada' })).id), 3)
  assert.equal(await optsOf((await kit.queue(once).add({ from: 'Bob' })).id), 1)
  assert.equal(kit.queue(greet), kit.queue(greet))
  assert.equal((await kit.queue(greet).bull.add('by BullMQ itself', {})).opts.attempts, 3)
  assert.ok(await kit.brokerStats({ name: 'jobs' }))
  assert.deepEqual(kit.queueNames, ['jobs'])
  assert.throws(() => kit.queue({ name: 'jobs' } as never), { code: 'ERR_INVALID_DEFINITION' })
  assert.throws(() => kit.deadLetters('jobs' as never), {
    code: 'ERR_INVALID_DEFINITION',
    message: 'deadLetters: definition: expected what defineJob gives, or an object with its name, got "jobs"',
  })
})

test('a server that cannot be reached is named', async () => {
  const nowhere = { amqpUrl: 'amqp://127.0.0.1:1', redisUrl: redisUrl(), connectTimeoutMs: 300 }
  await assert.rejects(connect(nowhere), { code: 'ERR_CONNECT', message: /^RabbitMQ/ })
  const noRedis = { amqpUrl: amqpUrl(), redisUrl: 'redis://127.0.0.1:1', connectTimeoutMs: 300 }
  await assert.rejects(connect(noRedis), { code: 'ERR_CONNECT', message: /^Redis/ })
})
