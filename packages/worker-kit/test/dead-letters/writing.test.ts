import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, proxyTo } from '@jackalope/local-servers/testing'
import { type Job, type JobsOptions, UnrecoverableError } from 'bullmq'
import { type DeadJob, deadLettersOf } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { type Setup, setup } from '../support/setup.ts'

async function failedFor(
  { queue, worker }: Setup,
  process: (job: Job) => Promise<unknown>,
  options: JobsOptions = {},
) {
  const jobs = queue()
  const consumer = worker(process, { name: 'worker-7' })
  const failed = new Promise<Job>(resolve =>
    consumer.on('failed', job => job && job.finishedOn !== undefined && resolve(job)),
  )
  const { id } = await jobs.add('greet', { to: 'Ada' }, options)
  const job = await failed
  return { jobs, id: String(id), job, letters: deadLettersOf(jobs) }
}

test('R9: a job whose attempts are used up is dead-lettered with its error and history, whole', async t => {
  const { id, letters, job } = await failedFor(
    setup(t),
    async ({ attemptsMade }) => {
      throw new Error(`no luck at attempt ${attemptsMade + 1}`)
    },
    { attempts: 3, removeOnComplete: 5 },
  )
  const { letters: found, total } = await letters.list()
  assert.equal(total, 1)
  const letter = found[0] as DeadJob & { copies: number }
  assert.equal(letter.kind, 'job')
  const { stamp, addedAt, failure, opts, ...rest } = letter
  assert.deepEqual(rest, {
    ...{ kind: 'job', id, name: 'greet', data: { to: 'Ada' } },
    ...{ status: 'failed', job: 'failed', copies: 1 },
  })
  assert.match(stamp, /^\d{16,}$/)
  assert.equal(addedAt.getTime(), job.timestamp)
  assert.deepEqual([opts.attempts, opts.removeOnComplete], [3, 5])
  const { at, startedAt, stacktraces, ...history } = failure
  assert.deepEqual(history, {
    reason: 'no luck at attempt 3',
    attemptsMade: 3,
    starts: 3,
    stalls: 0,
    worker: 'worker-7',
  })
  assert.ok(startedAt && startedAt <= at && at.getTime() <= Number(job.finishedOn))
  assert.deepEqual(
    stacktraces.map(trace => trace.split('\n')[0]),
    [1, 2, 3].map(attempt => `Error: no luck at attempt ${attempt}`),
  )
})

test('an UnrecoverableError is dead-lettered at once', async t => {
  const { letters } = await failedFor(
    setup(t),
    async () => {
      throw new UnrecoverableError('there is nobody')
    },
    { attempts: 3 },
  )
  const [letter] = (await letters.list()).letters as DeadJob[]
  assert.deepEqual([letter?.failure.reason, letter?.failure.attemptsMade], ['there is nobody', 1])
})

test('a failed attempt that is not the last, and a job that succeeds, are not dead-lettered', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const consumer = worker(async ({ attemptsMade }) => {
    if (attemptsMade === 0) throw new Error('not yet')
  })
  const completed = once(consumer, 'completed')
  await jobs.add('a', {}, { attempts: 2 })
  await completed
  assert.equal(await deadLettersOf(jobs).count(), 0)
})

test('a parent that fails because of its child is dead-lettered like its child', async t => {
  const { queue, worker, prefix, name } = setup(t)
  const jobs = queue()
  const { FlowProducer } = await import('bullmq')
  const { createRabbitmqBackend } = await import('../../src/index.ts')
  const { redisUrl } = await import('@jackalope/local-servers/testing')
  const flow = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  const consumer = worker(async () => {
    throw new Error('the child broke')
  })
  const bothFailed = new Promise<void>(resolve => {
    let count = 0
    consumer.on('failed', () => {
      count += 1
      if (count === 2) resolve()
    })
  })
  await flow.add({
    name: 'parent',
    queueName: name,
    data: {},
    children: [{ name: 'child', queueName: name, data: {}, opts: { failParentOnFailure: true } }],
  })
  await bothFailed
  await flow.close()
  const { letters } = await deadLettersOf(jobs).list()
  const told = (letters as DeadJob[]).map(({ name, failure }) => [
    name,
    failure.reason.replace(/ \S*:jobs:\S* /, ' ... '),
  ])
  assert.deepEqual(told, [
    ['child', 'the child broke'],
    ['parent', 'child ... failed'],
  ])
})

test('a job whose record is removed on failure is still in its letter', async t => {
  const { id, letters, jobs } = await failedFor(
    setup(t),
    async () => {
      throw new Error('gone')
    },
    { removeOnFail: true },
  )
  assert.equal(await jobs.getJob(id), undefined)
  const [letter] = (await letters.get(id)) as DeadJob[]
  assert.deepEqual([letter?.status, letter?.job, letter?.data], ['removed', 'removed', { to: 'Ada' }])
})

test('R9: no failure is recorded before the broker has confirmed the letter; an outage costs no attempt', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const proxy = await proxyTo(t, amqpUrl())
  const jobs = queue()
  const lockDuration = 1_500
  const started = Promise.withResolvers<void>()
  const consumer = worker(
    async () => {
      started.resolve()
      await proxy.cut()
      throw new Error('broken')
    },
    { backend: { url: proxy.url, confirmTimeoutMs: 300 }, lockDuration, stalledInterval: 300 },
  )
  const unconfirmed: unknown[] = []
  const patient = new Promise<void>(resolve =>
    consumer.on('error', error => {
      if ((error as { code?: unknown }).code !== 'ERR_DEAD_LETTER_UNCONFIRMED') return
      unconfirmed.push(error)
      // Ten times the confirm's time-out is twice the lock's.
      if (unconfirmed.length === 11) resolve()
    }),
  )
  const failed = new Promise(resolve => consumer.once('failed', resolve))
  const job = await jobs.add('a', {})
  await started.promise
  const startedElsewhere = new Promise<never>((_, reject) => {
    worker(async () => reject(new Error('the job started elsewhere')), { lockDuration, stalledInterval: 300 })
  })
  await Promise.race([patient, startedElsewhere])
  assert.equal(await job.getState(), 'active')
  assert.equal(await readyCount(admin, `${amqpQueue}:dead`), 0)
  await proxy.restore()
  await Promise.race([failed, startedElsewhere])
  assert.equal(await job.getState(), 'failed')
  const [letter] = (await deadLettersOf(jobs).list()).letters as DeadJob[]
  assert.deepEqual([letter?.failure.attemptsMade, letter?.failure.stalls], [1, 0])
})

test('R9: a letter whose exchange was deleted is written all the same', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const consumer = worker(
    async ({ data }) => {
      if (data.fails) throw new Error('broken')
    },
    { backend: { confirmTimeoutMs: 5_000 } },
  )
  const completed = once(consumer, 'completed')
  await jobs.add('a', {})
  await completed
  await admin.deleteExchange(`${amqpQueue}:dead`)
  const failed = once(consumer, 'failed')
  await jobs.add('a', { fails: true })
  await failed
  assert.equal(await readyCount(admin, `${amqpQueue}:dead`), 1)
})

test('a worker that is closed while the broker is away leaves the failure unrecorded, and the job to the next one', async t => {
  const { queue, worker } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const jobs = queue()
  const first = worker(
    async () => {
      await proxy.cut()
      throw new Error('broken')
    },
    { backend: { url: proxy.url, confirmTimeoutMs: 300 }, lockDuration: 500 },
  )
  const unconfirmed = once(first, 'error')
  const job = await jobs.add('a', {})
  await unconfirmed
  await first.close()
  assert.equal(await job.getState(), 'active')
  const second = worker(async () => 'done', { lockDuration: 500, stalledInterval: 300 })
  await once(second, 'completed')
  assert.equal(await deadLettersOf(jobs).count(), 0)
})

test('a late failure of a worker that has lost its job writes no letter', async t => {
  const { queue, worker, redis, prefix } = setup(t)
  const jobs = queue()
  const started = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const consumer = worker(async () => {
    started.resolve()
    await release.promise
    throw new Error('too late')
  })
  const refused = once(consumer, 'error')
  const { id } = await jobs.add('a', {})
  await started.promise
  await redis.set(`${prefix}:jobs:${id}:lock`, 'somebody else')
  release.resolve()
  assert.match((await refused)[0].message, /lock/i)
  assert.equal(await deadLettersOf(jobs).count(), 0)
})

test('a long history is bounded in the letter; the reason in its header is too', async t => {
  const base = setup(t)
  const admin = await brokerAdmin(t)
  await failedFor(
    base,
    async () => {
      throw new Error('x'.repeat(200_000))
    },
    { attempts: 15 },
  )
  const message = await admin.get(`${base.amqpQueue}:dead`)
  assert.ok(message)
  const { failure } = JSON.parse(message.content.toString())
  assert.equal(failure.attemptsMade, 15)
  assert.equal(failure.stacktraces.length, 10)
  assert.ok(message.content.length < 100_000, `${message.content.length} bytes`)
  assert.equal(message.properties.headers?.['x-dead-reason'].length, 1_000)
  admin.nack(message)
})
