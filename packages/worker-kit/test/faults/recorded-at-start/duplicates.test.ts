import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, onEnd, until } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import { connectProducer } from '../../../src/broker-producer/index.ts'
import { defineJob } from '../../../src/job/index.ts'
import { brokerAdmin, parkingQueue, readyCount } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { setup } from '../../support/setup.ts'

const backend = { recordOn: 'start' } as const

const copies = (count: number, jobId: string, options: object = {}) =>
  Array.from({ length: count }, (_, n) => ({ name: 'copy', data: { n }, opts: { jobId, ...options } }))

test('jobs of one id, at once on two workers and in one round: one of them runs, also while the others come again', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const parked = await parkingQueue(admin, amqpQueue)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  await jobs.addBulk([...copies(10, 'a'), ...copies(10, 'b'), ...copies(10, 'a')])
  const mayEnd = Promise.withResolvers<void>()
  const run = async (job: { id?: string }) => {
    ledger.note(job.id)
    await mayEnd.promise
  }
  // No longer than the lock lasts is a message parked whose job runs elsewhere.
  const options = { concurrency: 8, lockDuration: 1_000 }
  const workers = [worker(run, options), worker(run, options)]
  await ledger.untilRan(2)
  await until(async () => (await readyCount(admin, parked)) > 0)
  await jobs.addBulk(copies(3, 'a'))
  mayEnd.resolve()
  await until(async () => (await readyCount(admin, parked)) === 0)
  await jobs.addBulk(copies(1, 'last'))
  await ledger.untilRan(3)
  await until(async () => (await jobs.getCompletedCount()) === 3)
  await Promise.all(workers.map(worker => worker.close()))
  assert.deepEqual(ledger.ranTwice, [])
  assert.equal(await readyCount(admin, amqpQueue), 0)
})

test('a job that is added again after its end is dropped, also when nothing is kept of it, and whoever adds it', async t => {
  const { queue, worker, prefix, name } = setup(t)
  const producer = await connectProducer({ amqpUrl: amqpUrl(), prefix })
  onEnd(t, () => producer.close())
  const brokerOnly = producer.queue(defineJob({ name, input: z.object({}) }))
  const ledger = new Ledger()
  const jobs = queue({ backend })
  const options = { removeOnComplete: true, removeOnFail: true, attempts: 1 }
  worker(
    async job => {
      ledger.note(job.id)
      if (job.id === 'bad') throw new Error('for good')
    },
    { concurrency: 3 },
  )
  for (const jobId of ['good', 'bad', 'of a producer']) await jobs.addBulk(copies(1, jobId, options))
  await ledger.untilRan(3)
  await until(async () => (await jobs.getJobCounts('active', 'completed', 'failed')).active === 0)
  assert.deepEqual(await jobs.getJobCounts('completed', 'failed'), { completed: 0, failed: 0 })
  for (const jobId of ['good', 'bad', 'of a producer']) {
    await jobs.addBulk(copies(2, jobId, options))
    await brokerOnly.add({}, { jobId })
  }
  await jobs.addBulk(copies(1, 'last'))
  await ledger.untilRan(4)
  assert.deepEqual(ledger.ranTwice, [])
})

test('a job that was recorded first and waits is not added a second time at its start, nor the other way round', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const ledger = new Ledger()
  const [recordedFirst, recordedAtStart] = [queue(), queue({ backend })]
  await recordedFirst.addBulk(copies(1, 'recorded first'))
  await recordedAtStart.addBulk(copies(2, 'recorded first'))
  await recordedAtStart.addBulk(copies(2, 'recorded at the start'))
  await recordedFirst.addBulk(copies(1, 'recorded at the start'))
  worker(async job => ledger.note(job.id), { concurrency: 4 })
  await recordedAtStart.addBulk(copies(1, 'last'))
  await ledger.untilRan(3)
  await until(async () => (await recordedFirst.getCompletedCount()) === 3)
  const admin = await brokerAdmin(t)
  await until(async () => (await readyCount(admin, amqpQueue)) === 0)
  assert.deepEqual(ledger.ranTwice, [])
})
