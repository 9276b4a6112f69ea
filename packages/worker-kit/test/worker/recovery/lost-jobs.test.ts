import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer, type Job, RedisQueueBackend } from 'bullmq'
import { createRabbitmqBackend } from '../../../src/index.ts'
import { brokerAdmin, readyCount } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { forget, snapshot } from '../../support/redis-memory.ts'
import { type Setup, setup } from '../../support/setup.ts'

test('R7: jobs that are gone with the clock are rebuilt from their messages, whole, and run', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const added = await jobs.addBulk(
    Array.from({ length: 20 }, (_, n) => ({ name: 'a', data: { n }, opts: { attempts: 3, keepLogs: 5 } })),
  )
  await forget(redis, amqpQueue)

  const whole = ({ id, name, data, timestamp, opts: { attempts, keepLogs } }: Job) => ({
    id,
    name,
    data,
    timestamp,
    attempts,
    keepLogs,
  })
  const ledger = new Ledger()
  const ran: unknown[] = []
  worker(async job => {
    ran.push(whole(job))
    ledger.note(job.id)
  })
  await ledger.untilRan(20)
  assert.deepEqual(ran, added.map(whole))
  assert.deepEqual(ledger.ranTwice, [])
})

test('R7: ids that were given out before a flush are not given out again, not even by the next add', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const first = await jobs.add('before', {})
  assert.equal(first.id, '1')
  for (const opts of [{}, { delay: 60_000 }, { priority: 1 }]) {
    await forget(redis, amqpQueue)
    const next = await jobs.add('after', {}, opts)
    assert.match(next.id as string, /^\d{13}$/)
  }
})

test('R7: after an older snapshot, what was added since runs, and what was removed before it stays removed', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const removed = await jobs.add('removed before', {})
  await jobs.add('waiting before', {})
  await removed.remove()
  const restore = await snapshot(redis, amqpQueue)
  const since = await jobs.add('added since', {})
  await restore()
  const later = await jobs.add('added to the snapshot', {})

  assert.notEqual(later.id, since.id)
  assert.deepEqual(await namesRun(worker, 3), ['added since', 'added to the snapshot', 'waiting before'])
})

test('R7: a job that failed before the snapshot and was retried after it is retried', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const job = await jobs.add('a', {})
  const first = worker(async () => {
    throw new Error('broken')
  })
  await once(first, 'failed')
  await first.close()
  const restore = await snapshot(redis, amqpQueue)
  await job.retry()
  await publishedBy(worker, jobs)
  await restore()

  assert.deepEqual(await namesRun(worker, 1), ['a'])
  assert.equal(await (await jobs.getJob(job.id as string))?.isCompleted(), true)
})

test('R7: a job that was waiting in the snapshot under an older stamp runs once', async t => {
  const { queue, plainQueue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const job = await plainQueue().add('a', {})
  await jobs.pause()
  const restore = await snapshot(redis, amqpQueue)
  await publishedBy(worker, jobs)
  await restore()
  await redis.hset(`${amqpQueue}:${job.id}`, 'stamp', '1')
  await jobs.resume()
  await jobs.add('last', {})
  assert.deepEqual(await namesRun(worker, 2), ['a', 'last'])
})

test('R7: when its id has been taken by another job, a lost one runs under an id of its own', async t => {
  const { queue, plainQueue, worker, redis, amqpQueue } = setup(t)
  const lost = await queue().add('lost', {})
  await forget(redis, amqpQueue)
  const other = await plainQueue().add('other', {})
  assert.equal(other.id, lost.id)

  const ledger = new Ledger()
  const ids = new Map<string, string>()
  worker(async job => {
    ids.set(job.name, job.id as string)
    ledger.note(job.id)
  })
  await ledger.untilRan(2)
  assert.equal(ids.get('other'), other.id)
  assert.match(ids.get('lost') as string, new RegExp(`^${lost.id}-\\d{16}$`))
})

test('R7: a job that was added again under its own id since runs once', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.add('first', {}, { jobId: 'mine' })
  await forget(redis, amqpQueue)
  await jobs.add('again', {}, { jobId: 'mine' })
  await jobs.add('last', {})
  assert.deepEqual(await namesRun(worker, 2), ['again', 'last'])
})

test('R7: a second copy of a rebuilt job is dropped after it ran, even when nothing is kept of it', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('a', {}, { removeOnComplete: true })
  const message = await admin.get(amqpQueue, { noAck: true })
  assert.ok(message)
  for (let copy = 0; copy < 3; copy++) admin.publish('', amqpQueue, message.content, message.properties)
  await admin.checkQueue(amqpQueue)
  await jobs.add('last', {})
  await forget(redis, amqpQueue)
  assert.deepEqual(await namesRun(worker, 2), ['a', 'last'])
  assert.equal(await readyCount(admin, amqpQueue), 0)
})

test('R7: a job that Redis loses while it runs is not lost when its run fails', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const started = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const ledger = new Ledger()
  let runs = 0
  worker(async job => {
    runs += 1
    if (runs === 1) {
      started.resolve()
      await release.promise
      throw new Error('fails, and nothing is there to record that it did')
    }
    ledger.note(job.id)
  })
  await jobs.add('a', {})
  await started.promise
  await forget(redis, amqpQueue)
  // The tick must leave the delivery alone. It comes once a second; another job shows that it has passed.
  const other = worker(async job => ledger.note(job.id))
  await jobs.add('b', {})
  await ledger.untilRan(1)
  await jobs.add('c', {}, { delay: 2_100 })
  await ledger.untilRan(2)
  await other.close()
  release.resolve()
  await ledger.untilRan(3)
  assert.equal(runs, 2)
})

test('R7: a job that Redis loses between a failed attempt and the message for the next is not lost', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const { retryJob } = RedisQueueBackend.prototype
  t.mock.method(RedisQueueBackend.prototype, 'retryJob', async function (this: RedisQueueBackend, ...args) {
    await retryJob.apply(this, args)
    await forget(redis, amqpQueue)
  } satisfies typeof retryJob)
  const ledger = new Ledger()
  let runs = 0
  worker(async job => {
    runs += 1
    if (runs === 1) throw new Error('not yet')
    ledger.note(job.id)
  })
  const job = await queue().add('a', {}, { attempts: 2 })
  await ledger.untilRan(1)
  assert.deepEqual([[...ledger.runs.keys()], runs], [[job.id], 2])
})

test('R7: a job with a priority that Redis loses while it runs has no more attempts than others', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  let runs = 0
  const consumer = worker(async () => {
    runs += 1
    if (runs === 2) await forget(redis, amqpQueue)
    throw new Error('never')
  })
  const jobs = queue()
  const gone = new Promise<Job | undefined>(resolve => {
    consumer.on('failed', job => {
      if (job?.finishedOn) resolve(job)
    })
  })
  await jobs.add('a', {}, { attempts: 3, priority: 5 })
  await gone
  // The lost attempt is made again.
  assert.equal(runs, 4)
})

test('R7: a lost child finishes its parent if that lives, and else runs on its own', async t => {
  const { name, prefix, queue, worker, redis, amqpQueue } = setup(t)
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  const jobs = queue()
  const family = (suffix: string) => ({
    name: `parent ${suffix}`,
    queueName: name,
    children: [{ name: `child ${suffix}`, queueName: name }],
  })
  await flows.add(family('lost'))
  await forget(redis, amqpQueue)
  const { children } = await flows.add(family('kept'))
  await redis.del(`${amqpQueue}:${children?.[0]?.job.id}`)
  await redis.lrem(`${amqpQueue}:wait`, 1, children?.[0]?.job.id as string)
  // As if the child had been lost in a gap of its own.
  await redis.hset(`${amqpQueue}:clock`, 'gaps', '0-9999999999999999')

  assert.deepEqual(await namesRun(worker, 3), ['child kept', 'child lost', 'parent kept'])
  assert.equal(await jobs.getWaitingChildrenCount(), 0)
})

test('R7: a rebuilt job takes its deduplication id again', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const lost = await jobs.add('a', {}, { deduplication: { id: 'one' } })
  await forget(redis, amqpQueue)
  await jobs.pause()
  const idle = worker(async () => undefined)
  await jobs.add('b', {})
  while ((await jobs.getDeduplicationJobId('one')) === null) await once(idle, 'drained')
  assert.equal(await jobs.getDeduplicationJobId('one'), lost.id)
  assert.equal((await jobs.add('a', {}, { deduplication: { id: 'one' } })).id, lost.id)
})

test('R7: the message of a lost job that cannot be read is dead-lettered with the reason', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('a', {})
  const message = await admin.get(amqpQueue, { noAck: true })
  assert.ok(message)
  admin.publish('', amqpQueue, Buffer.from('{"layout":99}'), message.properties)
  await admin.checkQueue(amqpQueue)
  await forget(redis, amqpQueue)
  const consumer = worker(async () => undefined)
  const [error] = await once(consumer, 'error')
  assert.equal(error.code, 'ERR_MALFORMED_MESSAGE')
  await consumer.close()
  const dead = await admin.get(`${amqpQueue}:dead`, { noAck: true })
  assert.ok(dead)
  assert.match(dead.properties.headers?.['x-refused'], /layout is 99/)
})

/** Runs that many jobs and closes the worker, which then has settled all it was given; gives the names, sorted. */
async function namesRun(worker: Setup['worker'], count: number): Promise<string[]> {
  const names: string[] = []
  const ledger = new Ledger()
  const consumer = worker(async job => {
    names.push(job.name)
    ledger.note(job.id)
  })
  await ledger.untilRan(count)
  await consumer.close()
  return names.sort()
}

/** Has a worker's pump publish what waits, without running it. */
async function publishedBy(
  worker: Setup['worker'],
  jobs: { pause(): Promise<void>; resume(): Promise<void> },
) {
  await jobs.pause()
  const pump = worker(async () => undefined)
  await once(pump, 'drained')
  await pump.close()
  await jobs.resume()
}
