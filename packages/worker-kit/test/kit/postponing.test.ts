import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import { connect, PostponeError } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { setup } from '../support/setup.ts'

const convert = defineJob({ name: 'jobs', input: z.object({}), attempts: 2 })

async function connected(t: TestContext) {
  const { prefix } = setup(t)
  const open = async () => {
    const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
    onEnd(t, () => kit.close())
    return kit
  }
  return { kit: await open(), open }
}

test('a postponed job starts again after its time, as often as it likes, and uses up no attempt', async t => {
  const { kit } = await connected(t)
  const attempts: number[] = []
  const told: string[] = []
  kit.onJob(({ name }) => told.push(name))
  kit.work(convert, async ({ attempt }) => {
    attempts.push(attempt)
    if (attempts.length < 4) throw new PostponeError(20, 'the disk is full')
    return 'done'
  })
  const { id } = await kit.queue(convert).add({})
  const job = await until(async () => {
    const [seen] = await kit.queue(convert).readJobs([id])
    return seen?.state === 'completed' && seen
  })
  assert.deepEqual(attempts, [1, 1, 1, 1])
  assert.equal(job.attemptsMade, 1)
  // Redis knows it before the worker tells it.
  await until(async () => told.includes('completed'))
  const postponed = ['started', 'postponed']
  assert.deepEqual(told, [...postponed, ...postponed, ...postponed, 'started', 'completed'])
})

test('a wait that Redis could not keep is refused where it is asked for', () => {
  for (const delayMs of [0, -1, 1.5, Number.NaN, 1e12])
    assert.throws(() => new PostponeError(delayMs), RangeError)
})

test('a paused worker hands on what it has not started, finishes what runs, and takes jobs again when it is resumed', async t => {
  const { kit, open } = await connected(t)
  const queue = kit.queue(convert)
  const gate = Promise.withResolvers<void>()
  const started: string[] = []
  const worker = kit.work(convert, async ({ id }) => {
    started.push(`first ${id}`)
    if (id === 'a') await gate.promise
  })
  await once(worker.bull, 'ready')
  await queue.add({}, { jobId: 'a' })
  await until(async () => started.length === 1)
  // The worker may hold its message: it has room for one that is delivered.
  await queue.add({}, { jobId: 'b' })
  await worker.pause()
  await worker.pause()
  const other = await open()
  other.work(convert, async ({ id }) => void started.push(`other ${id}`))
  await until(async () => started.includes('other b'))
  gate.resolve()
  await until(async () => (await queue.readJobs(['a']))[0]?.state === 'completed')
  await queue.add({}, { jobId: 'c' })
  await until(async () => started.includes('other c'))
  await other.close()
  await queue.add({}, { jobId: 'd' })
  await worker.resume()
  await until(async () => started.includes('first d'))
  // One that pauses and goes on while a job runs.
  await worker.pause()
  await worker.resume()
  await queue.add({}, { jobId: 'e' })
  await until(async () => started.includes('first e'))
  await worker.pause()
  await kit.close()
  assert.deepEqual(started, ['first a', 'other b', 'other c', 'first d', 'first e'])
})
