import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { amqpUrl, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import type { JobsOptions } from 'bullmq'
import { z } from 'zod'
import { connect, type RabbitmqJobsOptions, type RecordOn } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { setup } from '../support/setup.ts'

const task = defineJob({ name: 'jobs', input: z.any(), attempts: 3 })

async function queueOf(t: TestContext, redis = redisUrl(), recordOn?: RecordOn) {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redis, prefix, recordOn })
  t.after(() => kit.close())
  return kit.queue(task)
}

test('options that can never be added are told so, by their name', async t => {
  const queue = await queueOf(t)
  const refused: [object, RegExp][] = [
    [{ jobId: '17' }, /jobId: expected a text that is no integer, and does not begin with "0:", got "17"/],
    [{ jobId: 17 }, /jobId: expected a text/],
    [{ jobId: '0' }, /jobId: expected a text/],
    [{ jobId: '0:a:b' }, /jobId: expected a text/],
    [{ jobId: 'a:b' }, /Custom Id cannot contain :/],
    [{ priority: 2 ** 21 }, /priority: expected an integer from 0 to 2097151, got 2097152/],
    [{ priority: 1.5 }, /priority: /],
    [{ delay: Number.NaN }, /delay: expected a number of milliseconds that ends before 2039/],
    [{ delay: Number.POSITIVE_INFINITY, attempts: 1.5 }, /delay: .*; attempts: /],
    [{ backoff: { type: 'fixed', delay: -5, jitter: 2 } }, /backoff\.delay: .*; backoff\.jitter: /],
    [{ timestamp: 'yesterday' }, /timestamp: /],
    [{ deduplication: {} }, /Deduplication id must be provided/],
    [{ sizeLimit: 1 }, /exceeds the limit 1 bytes/],
    [{ failParentOnFailure: true, continueParentOnFailure: true }, /cannot be used together/],
    [{ parent: { id: 'nobody', queue: queue.bull.qualifiedName } }, /Missing key for parent job/],
  ]
  for (const [options, message] of refused)
    await assert.rejects(queue.add({}, options as JobsOptions), (error: Error & { code?: string }) => {
      assert.deepEqual(error.code, 'ERR_INVALID_OPTIONS', `${JSON.stringify(options)}: ${error.message}`)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /again/)
      return true
    })
  assert.equal(await queue.bull.count(), 0)
})

test('what BullMQ takes is taken', async t => {
  const queue = await queueOf(t)
  const taken: JobsOptions[] = [
    { jobId: 'a:b:c' },
    { jobId: '1e3' },
    { delay: -1 },
    { delay: 0.5 },
    { delay: 5 * 366 * 24 * 3_600_000 },
    { priority: 2_097_151 },
    { attempts: 0 },
    { backoff: 5 },
    { lifo: true, priority: 3 },
  ]
  for (const options of taken) await queue.add({}, options)
  assert.equal((await queue.bull.getJobs()).length, taken.length)
})

test('a payload that cannot be written as JSON is told so', async t => {
  const queue = await queueOf(t)
  const circle: { self?: unknown } = {}
  circle.self = circle
  for (const data of [circle, { big: 5n }, () => 5, Symbol('s')])
    await assert.rejects(queue.add(data), {
      code: 'ERR_INVALID_PAYLOAD',
      message: /cannot be written as JSON: [^\n]+$/,
    })
})

test('an outage of Redis is no fault of the options: the job may be added again', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const queue = await queueOf(t, proxy.url)
  await queue.add({})
  await proxy.cut()
  await assert.rejects(queue.add({}, { jobId: 'mine' }), {
    code: 'ERR_NOT_RECORDED',
    message: /Add it again under the same job id/,
  })
  await proxy.restore()
})

test("an option that is undefined leaves the definition's as it is", async t => {
  const queue = await queueOf(t)
  const { id } = await queue.add({}, { attempts: undefined })
  assert.equal((await queue.getJob(id))?.opts.attempts, 3)
})

test('when a job is recorded: as its own option says, or connect, or at its start if its options allow that', async t => {
  const isRecorded = async (queue: Awaited<ReturnType<typeof queueOf>>, options?: RabbitmqJobsOptions) => {
    const { id, duplicate } = await queue.add({}, options)
    assert.equal(duplicate, false)
    return (await queue.getJob(id)) !== undefined
  }
  const byDefault = await queueOf(t)
  assert.equal(await isRecorded(byDefault), true)
  assert.equal(await isRecorded(byDefault, { recordOn: 'start' }), false)
  const atStart = await queueOf(t, redisUrl(), 'start')
  assert.equal(await isRecorded(atStart), false)
  assert.equal(await isRecorded(atStart, { recordOn: 'add' }), true)
  await assert.rejects(atStart.add({}, { delay: 1_000 }), { code: 'ERR_NEEDS_RECORD' })
  assert.equal(
    await (await atStart.getJob((await atStart.add({}, { delay: 1_000, recordOn: 'auto' })).id))?.getState(),
    'delayed',
  )
  const auto = await queueOf(t, redisUrl(), 'auto')
  assert.equal(await isRecorded(auto), false)
  assert.equal(await isRecorded(auto, { priority: 1 }), true)
  await assert.rejects(auto.add({}, { recordOn: 'later' as RecordOn }), {
    code: 'ERR_INVALID_OPTIONS',
    message: /recordOn: expected one of add, start, auto, got "later"/,
  })
  const ids = (
    await auto.bull.addBulk([
      { name: 'jobs', data: { n: 1 } },
      { name: 'jobs', data: { n: 2 }, opts: { delay: 60_000 } },
      { name: 'jobs', data: { n: 3 } },
    ])
  ).map(({ id }) => id as string)
  const recorded = await auto.readJobs(ids)
  assert.deepEqual(
    recorded.map(job => (job?.data as { n: number } | undefined)?.n),
    [undefined, 2, undefined],
  )
})
