import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type { Job } from 'bullmq'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

const backend = { recordOn: 'start' } as const

test('Redis knows nothing of a job until a worker starts it, and from then on all that BullMQ asks', async t => {
  const { queue, worker, events, redis, prefix, name } = setup(t)
  const listener = await events()
  const jobs = queue({ backend })
  await jobs.waitUntilReady()
  const keys = async () => (await redis.keys(`${prefix}:${name}:*`)).sort()
  const keysBefore = await until(async () => (await keys()).length > 0 && (await keys()))
  const job = await jobs.add('greet', { to: 'Ada' }, { attempts: 3, backoff: 10 })
  assert.match(job.id as string, /^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  assert.equal(await jobs.getJob(job.id as string), undefined)
  assert.deepEqual(await jobs.getJobCounts('waiting', 'active'), { waiting: 0, active: 0 })
  assert.deepEqual(await keys(), keysBefore)

  const { promise: goOn, resolve } = Promise.withResolvers<void>()
  const added = once(listener, 'added')
  const completed = once(listener, 'completed')
  let ran: object | undefined
  const processor = async (job: Job) => {
    ran = fieldsOf(job)
    await goOn
    return `hello ${job.data.to}`
  }
  worker(processor, { name: 'by name' })
  await until(async () => (await jobs.getActiveCount()) === 1)
  assert.deepEqual((await added)[0].jobId, job.id)
  const [active] = await jobs.getActive()
  assert.deepEqual(
    [active?.id, active?.name, active?.data, active?.opts.attempts],
    [job.id, 'greet', { to: 'Ada' }, 3],
  )
  assert.equal(active?.timestamp, job.timestamp)
  // The worker has it from the message, Redis from BullMQ's script.
  assert.deepEqual(ran, fieldsOf(active as Job))
  resolve()
  assert.equal((await completed)[0].returnvalue, 'hello Ada')
  assert.equal(await (await jobs.getJob(job.id as string))?.getState(), 'completed')
})

/** What a job is, without the token of its run. */
function fieldsOf(job: Job): object {
  return JSON.parse(JSON.stringify({ ...job.toJSON(), token: undefined }))
}

test('a thousand jobs run once each', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  await jobs.addBulk(Array.from({ length: 1_000 }, (_, n) => ({ name: 'n', data: { n } })))
  worker(async job => ledger.note(job.id), { concurrency: 20 })
  await ledger.untilRan(1_000)
  assert.deepEqual(ledger.ranTwice, [])
  const admin = await brokerAdmin(t)
  await until(async () => (await readyCount(admin, amqpQueue)) === 0)
})
