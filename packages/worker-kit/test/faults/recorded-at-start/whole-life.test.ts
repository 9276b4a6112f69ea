import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { FlowProducer, type Job } from 'bullmq'
import { cancelJob, createRabbitmqBackend, deadLettersOf } from '../../../src/index.ts'
import { brokerAdmin } from '../../support/broker-admin.ts'
import { ended } from '../../support/ended.ts'
import { Ledger } from '../../support/ledger.ts'
import { setup } from '../../support/setup.ts'

const backend = { recordOn: 'start' } as const

test('attempts that fail are tried again, at once or after a backoff; then the job is dead-lettered, and replayed, also without its record', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue({ backend })
  const letters = deadLettersOf(jobs)
  const runs: string[] = []
  let isBroken = true
  const consumer = worker(async job => {
    runs.push(`${job.name} ${job.attemptsMade}`)
    if (isBroken) throw new Error('the plant is broken')
    return job.data
  })
  const opts = { attempts: 2 }
  const added = await jobs.addBulk([
    { name: 'at once', data: { to: 'Ada' }, opts },
    { name: 'later', data: { to: 'Bob' }, opts: { ...opts, backoff: { type: 'exponential', delay: 50 } } },
  ])
  const [atOnce, later] = added.map(({ id }) => id) as [string, string]
  for (const id of [atOnce, later]) assert.equal((await ended(jobs, id)).failedReason, 'the plant is broken')
  assert.deepEqual(runs.toSorted(), ['at once 0', 'at once 1', 'later 0', 'later 1'])
  assert.equal(await letters.count(), 2)

  isBroken = false
  await (await jobs.getJob(later))?.remove()
  const completed = new Promise<Job[]>(resolve => {
    const all: Job[] = []
    consumer.on('completed', job => all.push(job) === 2 && resolve(all))
  })
  const replays = await letters.replay('all')
  assert.deepEqual(
    new Set(replays.map(({ id, outcome }) => `${id} ${outcome}`)),
    new Set([`${atOnce} retried`, `${later} rebuilt`]),
  )
  assert.deepEqual(
    new Set((await completed).map(({ returnvalue }) => returnvalue.to)),
    new Set(['Ada', 'Bob']),
  )
  assert.equal(await letters.count(), 0)
})

test('from its start on a job can be read, canceled and waited for as any other, and removed after its end', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  const jobs = queue({ backend })
  const first = await jobs.add('first', { n: 1 })
  const second = await jobs.add('second', { n: 2 })
  assert.equal(await cancelJob(jobs, first.id as string), 'unknown')
  assert.equal(await jobs.getJob(first.id as string), undefined)

  const mayEnd = Promise.withResolvers<void>()
  worker(
    async (job, _token, signal) => {
      await job.updateProgress(50)
      await job.log('half of it')
      if (job.name === 'second') await once(signal as AbortSignal, 'abort')
      signal?.throwIfAborted()
      await mayEnd.promise
      return job.name
    },
    { concurrency: 2 },
  )
  await until(async () => (await jobs.getJobLogs(second.id as string)).count === 1)
  assert.deepEqual(await jobs.getJobCounts('active', 'wait'), { active: 2, wait: 0 })
  const active = await jobs.getActive()
  assert.deepEqual(new Set(active.map(({ id }) => id)), new Set([first.id, second.id]))
  const read = (await jobs.getJob(second.id as string)) as Job
  assert.deepEqual(
    [await read.getState(), read.name, read.data, read.progress, read.timestamp],
    ['active', 'second', { n: 2 }, 50, second.timestamp],
  )
  assert.equal(await cancelJob(jobs, second.id as string, 'not wanted'), 'requested')
  mayEnd.resolve()
  assert.equal(
    await read.waitUntilFinished(listener).catch((error: Error) => error.message),
    'Canceled: not wanted',
  )
  assert.equal(await ((await jobs.getJob(first.id as string)) as Job).waitUntilFinished(listener), 'first')
  for (const { id } of [first, second]) assert.equal(await jobs.remove(id as string), 1)
  assert.deepEqual(await jobs.getJobCounts('completed', 'failed'), { completed: 0, failed: 0 })
})

test('QueueEvents tells of a job from its record to its end', async t => {
  const { queue, worker, events } = setup(t)
  const listener = await events()
  const seen: string[] = []
  for (const event of ['added', 'waiting', 'active', 'completed', 'failed', 'retries-exhausted'] as const)
    listener.on(event as 'completed', ({ jobId }) => seen.push(`${event} ${jobId}`))
  const jobs = queue({ backend })
  worker(async job => {
    if (job.id === 'bad') throw new Error('for good')
  })
  for (const jobId of ['good', 'bad']) {
    await jobs.add('job', {}, { jobId })
    await until(async () => seen.some(line => line === `completed ${jobId}` || line === `failed ${jobId}`))
  }
  assert.deepEqual(seen, [
    ...['added good', 'waiting good', 'active good', 'completed good'],
    ...['added bad', 'waiting bad', 'active bad', 'failed bad', 'retries-exhausted bad'],
  ])
})

test("recordOn: 'auto' lets flows, schedulers, delays and priorities run beside jobs that are recorded at their start", async t => {
  const { queue, worker, prefix, name, amqpQueue } = setup(t)
  const auto = { recordOn: 'auto' } as const
  const jobs = queue({ backend: auto })
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl(), ...auto }),
  )
  onEnd(t, () => flows.close())
  const ledger = new Ledger()
  const ran: string[] = []
  await ledger.add(jobs, 'plain', 50)
  await jobs.add('with priority', {}, { priority: 1 })
  await jobs.add('delayed', {}, { delay: 100 })
  await jobs.add('deduplicated', {}, { deduplication: { id: 'one' } })
  await jobs.add('deduplicated', {}, { deduplication: { id: 'one' } })
  await jobs.upsertJobScheduler('every', { every: 200, limit: 2 }, { name: 'scheduled' })
  const child = { name: 'child', queueName: name, data: {} }
  await flows.add({ name: 'parent', queueName: name, children: [child, child] })
  await ledger.add(jobs, 'plain', 50)
  // One from another producer, without an id.
  const admin = await brokerAdmin(t)
  admin.sendToQueue(amqpQueue, Buffer.from('{"name":"foreign"}'))
  // Deduplicated, of the scheduler, and the children.
  assert.equal(await jobs.getWaitingCount(), 4)

  const consumer = worker(
    async job => {
      ledger.note(job.id)
      ran.push(job.name)
    },
    { concurrency: 5 },
  )
  const expected = {
    ...{
      plain: 100,
      'with priority': 1,
      delayed: 1,
      deduplicated: 1,
      scheduled: 2,
      child: 2,
      parent: 1,
      foreign: 1,
    },
  }
  const total = Object.values(expected).reduce((sum, count) => sum + count, 0)
  await ledger.untilRan(total)
  await consumer.close()
  const counts = Object.fromEntries(
    Object.keys(expected).map(name => [name, ran.filter(other => other === name).length]),
  )
  assert.deepEqual(counts, expected)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
  assert.ok(ran.indexOf('parent') > ran.lastIndexOf('child'))
})

test('a flow is refused where every job is to be recorded at its start', async t => {
  const { prefix, name } = setup(t)
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl(), ...backend }),
  )
  onEnd(t, () => flows.close())
  await assert.rejects(
    flows.add({ name: 'parent', queueName: name, children: [{ name: 'child', queueName: name }] }),
    {
      code: 'ERR_NEEDS_RECORD',
    },
  )
})
