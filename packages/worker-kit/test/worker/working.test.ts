import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer, UnrecoverableError } from 'bullmq'
import { createRabbitmqBackend } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

test('runs a job and keeps its result where BullMQ keeps it', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  worker(async job => job.data.n * 2)
  const job = await queue().add('double', { n: 21 })
  assert.equal(await job.waitUntilFinished(listener), 42)
})

test('R2: a message that is published twice runs its job once', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('a', {})
  const message = await admin.get(amqpQueue, { noAck: true })
  assert.ok(message)
  for (let copy = 0; copy < 3; copy++) admin.publish('', amqpQueue, message.content, message.properties)
  // A call on the same channel is answered after what went before it.
  await admin.checkQueue(amqpQueue)
  await jobs.add('last', {})

  const ledger = new Ledger()
  const consumer = worker(async job => ledger.note(job.id))
  await ledger.untilRan(2)
  await consumer.close()
  assert.deepEqual(ledger.ranTwice, [])
  assert.equal(await readyCount(admin, amqpQueue), 0)
})

test('R2: the message of a removed job is dropped', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const removed = await jobs.add('a', {})
  await removed.remove()
  const kept = await jobs.add('b', {})
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  await ledger.untilRan(1)
  assert.deepEqual([...ledger.runs.keys()], [kept.id])
})

test('R3: a delivery is acknowledged only when Redis has the outcome', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const release = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const consumer = worker(async () => {
    started.resolve()
    await release.promise
  })
  const jobs = queue()
  await jobs.add('a', {})
  await started.promise
  // The message is neither ready nor gone: it is held by the worker.
  assert.equal(await readyCount(admin, amqpQueue), 0)
  const completed = once(consumer, 'completed')
  release.resolve()
  await completed
  await consumer.close()
  assert.equal(await readyCount(admin, amqpQueue), 0)
  assert.equal(await jobs.getCompletedCount(), 1)
})

test('retries at once, and after a delay, until the attempts are used up', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  const attempts: string[] = []
  worker(async job => {
    attempts.push(`${job.name}${job.attemptsMade + 1}`)
    throw new Error(`attempt ${job.attemptsMade + 1}`)
  })
  const jobs = queue()
  const atOnce = await jobs.add('a', {}, { attempts: 3 })
  await assert.rejects(atOnce.waitUntilFinished(listener), /attempt 3/)
  const delayed = await jobs.add('b', {}, { attempts: 2, backoff: { type: 'fixed', delay: 50 } })
  await assert.rejects(delayed.waitUntilFinished(listener), /attempt 2/)
  assert.deepEqual(attempts, ['a1', 'a2', 'a3', 'b1', 'b2'])
})

test('an UnrecoverableError fails the job at once', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  worker(async () => {
    throw new UnrecoverableError('never')
  })
  const job = await queue().add('a', {}, { attempts: 5 })
  await assert.rejects(job.waitUntilFinished(listener), /never/)
  assert.equal((await queue().getJob(job.id as string))?.attemptsMade, 1)
})

test('R5: what a plain BullMQ producer adds runs', async t => {
  const { plainQueue, worker } = setup(t)
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), { concurrency: 10 })
  await plainQueue().addBulk(Array.from({ length: 350 }, (_, n) => ({ name: 'a', data: { n } })))
  await ledger.untilRan(350)
  assert.deepEqual(ledger.ranTwice, [])
})

test('R5: a job whose record is damaged does not keep others from being published', async t => {
  const { plainQueue, worker, redis, amqpQueue } = setup(t)
  const jobs = plainQueue()
  const damaged = await jobs.add('damaged', {})
  await redis.hset(`${amqpQueue}:${damaged.id}`, 'opts', '{')
  await jobs.add('sound', {})
  await new Promise<void>(resolve => worker(async ({ name }) => name === 'sound' && resolve()))
})

test('R5: a delayed job runs when its time has come, a promoted one at once', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  worker(async () => Date.now())
  const jobs = queue()
  const delayed = await jobs.add('a', {}, { delay: 300 })
  const promoted = await jobs.add('b', {}, { delay: 3_600_000 })
  await promoted.promote()
  await promoted.waitUntilFinished(listener)
  const ranAt = await delayed.waitUntilFinished(listener)
  const lateMs = ranAt - delayed.timestamp - 300
  assert.ok(lateMs >= 0, `ran ${-lateMs} ms early`)
})

test('R5: a failed job that is retried by hand runs again', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  let isBroken = true
  worker(async () => {
    if (isBroken) throw new Error('broken')
    return 'mended'
  })
  const job = await queue().add('a', {})
  await assert.rejects(job.waitUntilFinished(listener))
  isBroken = false
  await job.retry()
  assert.equal(await job.waitUntilFinished(listener), 'mended')
})

test('R5: a parent runs after its children', async t => {
  const { name, prefix, worker, events } = setup(t)
  const listener = await events()
  const order: string[] = []
  worker(async job => {
    order.push(job.name)
  })
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  const { job } = await flows.add({
    name: 'parent',
    queueName: name,
    children: [
      { name: 'child', queueName: name },
      { name: 'child', queueName: name },
    ],
  })
  await job.waitUntilFinished(listener)
  assert.deepEqual(order, ['child', 'child', 'parent'])
})

test('R5: a job scheduler makes its jobs again and again', async t => {
  const { queue, worker } = setup(t)
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  const jobs = queue()
  await jobs.upsertJobScheduler('tick', { every: 100 }, { name: 'tick', data: {} })
  await ledger.untilRan(3)
  await jobs.removeJobScheduler('tick')
})

test('jobs with a priority run after those without, the most urgent first', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  for (const priority of [3, 1, 2]) await jobs.add(`p${priority}`, {}, { priority })
  await jobs.add('none', {})
  const order: string[] = []
  const ledger = new Ledger()
  worker(async job => {
    order.push(job.name)
    ledger.note(job.id)
  })
  await ledger.untilRan(4)
  assert.deepEqual(order, ['none', 'p1', 'p2', 'p3'])
})

test('jobs with a priority follow one another at once', { timeout: 20_000 }, async t => {
  const { queue, worker } = setup(t)
  const ledger = new Ledger()
  const opts = { priority: 1 }
  await queue().addBulk(Array.from({ length: 60 }, () => ({ name: 'a', data: {}, opts })))
  worker(async job => ledger.note(job.id))
  // Those that are seen by the pump's tick only follow after a second.
  await ledger.untilRan(60)
})

test('a paused queue starts nothing, and goes on when it is resumed', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  await jobs.pause()
  await jobs.add('a', {})
  const ledger = new Ledger()
  const consumer = worker(async job => ledger.note(job.id))
  await once(consumer, 'drained')
  assert.equal(ledger.runs.size, 0)
  await jobs.resume()
  await ledger.untilRan(1)
})

test('a rate limit holds across the whole queue', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  await jobs.addBulk(Array.from({ length: 6 }, () => ({ name: 'a', data: {} })))
  const startedAt: number[] = []
  const ledger = new Ledger()
  const process = async (job: { id?: string }) => {
    startedAt.push(Date.now())
    ledger.note(job.id)
  }
  for (let i = 0; i < 2; i++) worker(process, { limiter: { max: 2, duration: 300 } })
  await ledger.untilRan(6)
  const spanMs = (startedAt.at(-1) as number) - (startedAt[0] as number)
  // Six jobs, two per window: the last pair starts in the third.
  assert.ok(spanMs >= 500, `all ran within ${spanMs} ms`)
})

test('a global concurrency holds across workers', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  await jobs.setGlobalConcurrency(1)
  await jobs.addBulk(Array.from({ length: 6 }, () => ({ name: 'a', data: {} })))
  let running = 0
  let most = 0
  const ledger = new Ledger()
  const process = async (job: { id?: string }) => {
    running += 1
    most = Math.max(most, running)
    await new Promise(resolve => setImmediate(resolve))
    running -= 1
    ledger.note(job.id)
  }
  for (let i = 0; i < 2; i++) worker(process, { concurrency: 3 })
  await ledger.untilRan(6)
  assert.equal(most, 1)
})

test('a worker that closes gives back what it has not started', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const release = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const ledger = new Ledger()
  const first = worker(async job => {
    ledger.note(job.id)
    started.resolve()
    await release.promise
  })
  await jobs.add('a', {})
  await started.promise
  await jobs.addBulk([
    { name: 'b', data: {} },
    { name: 'c', data: {} },
  ])
  const closing = first.close()
  worker(async job => ledger.note(job.id))
  await ledger.untilRan(3)
  release.resolve()
  await closing
  assert.deepEqual(ledger.ranTwice, [])
})

test('closing and reopening workers under load runs every job once', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const count = 300
  await jobs.addBulk(Array.from({ length: count }, (_, n) => ({ name: 'a', data: { n } })))
  const ledger = new Ledger()
  for (let round = 1; round <= 10; round++) {
    const consumer = worker(async job => ledger.note(job.id), { concurrency: 5 })
    await ledger.untilRan(round * 20)
    await consumer.close()
  }
  worker(async job => ledger.note(job.id), { concurrency: 5 })
  await ledger.untilRan(count)
  assert.deepEqual(ledger.ranTwice, [])
})
