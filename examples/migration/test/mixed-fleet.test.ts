// What can happen while old and new programs work on one queue: the tables of the guide.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { deadLettersOf } from '@jackalope/worker-kit'
import { connect } from 'amqplib'
import { type Job, type Processor, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { application, type Kind, until } from './application.ts'

/** A program that ends too early says nothing more. */
const timeout = 120_000

/** Old and new workers within this process; each run is noted. */
function fleet(t: TestContext) {
  const { prefix, connection, queues, onRabbitmq, atEnd } = application(t)
  const runs: { id: string; by: Kind }[] = []
  const worker = (kind: Kind, work: Processor = async () => undefined) => {
    const Class = kind === 'new' ? (onRabbitmq.Worker as unknown as typeof Worker) : Worker
    const processor = (job: Job) => {
      runs.push({ id: job.id as string, by: kind })
      return work(job)
    }
    const options = { connection: { ...connection, maxRetriesPerRequest: null }, prefix }
    const made = new Class('emails', processor, options)
    atEnd(() => made.close())
    return made
  }
  const jobs = (count: number, opts = {}) =>
    Array.from({ length: count }, () => ({ name: 'job', data: {}, opts }))
  return { prefix, connection, queues, runs, worker, jobs }
}

test('old workers run what a new producer has added, and new workers drop the messages', {
  timeout,
}, async t => {
  const { queues, runs, worker, jobs } = fleet(t)
  await queues.new.addBulk(jobs(30))
  await queues.new.addBulk(jobs(30, { removeOnComplete: true }))
  const old = worker('old')
  await until(async () => runs.length === 60, 'old workers have run all')
  await old.close()
  worker('new')
  const later = await queues.new.addBulk(jobs(3))
  await until(async () => runs.length >= 63, 'new workers run what is added later')
  assert.deepEqual(
    runs.filter(({ by }) => by === 'new').map(({ id }) => id),
    later.map(({ id }) => id),
  )
})

test('an idle old worker finds what a new producer adds, though nothing wakes it', { timeout }, async t => {
  const { queues, runs, worker } = fleet(t)
  worker('old')
  await queues.old.add('job', {})
  await until(async () => runs.length === 1, 'the old worker has nothing more to do')
  const job = await queues.new.add('job', {})
  await until(async () => (await job.getState()) === 'completed', 'the job is done')
  assert.equal(runs.length, 2)
})

for (const [kind, backoff] of [
  ['at once', undefined],
  ['after a backoff', 100],
] as const) {
  test(`a job that an old worker failed is tried again ${kind} by a new one`, { timeout }, async t => {
    const { queues, runs, worker } = fleet(t)
    const job = await queues.new.add('job', {}, { attempts: 2, backoff })
    const old = worker('old', async () => {
      // The new worker gets the message of this job meanwhile, and drops it.
      worker('new')
      const other = await queues.new.add('job', {})
      await until(async () => (await other.getState()) === 'completed', 'the new worker has caught up')
      // It takes nothing any more.
      old.close()
      throw new Error('no answer')
    })
    await until(async () => (await job.getState()) === 'completed', 'the job is done')
    assert.deepEqual(
      runs.filter(({ id }) => id === job.id).map(({ by }) => by),
      ['old', 'new'],
    )
  })
}

test('a dead letter is written of what fails for good on a new worker, whoever added it; on an old one not', {
  timeout,
}, async t => {
  const { queues, worker } = fleet(t)
  const fails = async () => Promise.reject(new Error('no such mailbox'))
  const [byOld, byNew] = [await queues.old.add('job', {}), await queues.new.add('job', {})]
  const old = worker('old', fails)
  await until(async () => (await queues.old.getFailedCount()) === 2, 'both have failed')
  await old.close()
  worker('new', fails)
  const written = [await queues.old.add('job', {}), await queues.new.add('job', {})]
  await until(async () => (await queues.old.getFailedCount()) === 4, 'both have failed')
  const { letters } = await deadLettersOf(queues.new).list()
  assert.deepEqual(letters.map(({ id }) => id).sort(), written.map(({ id }) => id).sort())
  assert.equal(await byOld.getState(), 'failed')
  assert.equal(await byNew.getState(), 'failed')
})

test('the way back leaves messages: after a loss of Redis they run again, unless the queue was deleted', {
  timeout,
}, async t => {
  for (const isDeleted of [true, false]) {
    const { prefix, connection, queues, runs, worker, jobs } = fleet(t)
    await queues.new.addBulk(jobs(10))
    const old = worker('old')
    await until(async () => runs.length === 10, 'old workers have run all')
    await old.close()
    if (isDeleted) {
      const broker = await connect(process.env.AMQP_URL as string)
      const channel = await broker.createChannel()
      await channel.deleteQueue(`${prefix}:emails`)
      await broker.close()
    }
    const redis = new Redis(connection.url)
    await redis.del(await redis.keys(`${prefix}:*`))
    redis.disconnect()
    worker('new')
    await queues.new.addBulk(jobs(3))
    const expected = isDeleted ? 13 : 23
    await until(async () => runs.length >= expected, `${expected} jobs have run`)
    assert.equal(runs.length, expected)
  }
})
