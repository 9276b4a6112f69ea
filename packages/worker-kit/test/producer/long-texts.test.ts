import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer, Queue } from 'bullmq'
import { createRabbitmqBackend, deadLettersOf } from '../../src/index.ts'
import { setup } from '../support/setup.ts'

/** Properties of a message have 255 bytes at most. */
const longName = `name ${'é'.repeat(200)}`
const longId = `id-${'ü'.repeat(2_000)}`

test('jobs run whose names and ids are longer than a property of a message', async t => {
  const { queue, worker, amqpQueue, redis } = setup(t)
  const jobs = queue()
  await jobs.add(longName, {})
  await jobs.add('short', {}, { jobId: longId })
  await jobs.upsertJobScheduler(longId, { every: 60_000 }, { name: longName })
  const ran: string[] = []
  const consumer = worker(async job => void ran.push(job.name))
  while (ran.length < 3) await once(consumer, 'completed')
  assert.deepEqual(ran, [longName, 'short', longName])
  assert.ok(await redis.exists(`${amqpQueue}:${longId}`))
})

test('such a job leaves a dead letter, which is found by its id and replayed', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  let isBroken = true
  const consumer = worker(async () => {
    if (isBroken) throw new Error('not yet')
  })
  const failed = once(consumer, 'failed')
  await jobs.add(longName, { n: 7 }, { jobId: longId })
  await failed
  const letters = await deadLettersOf(jobs)
  const [letter] = (await letters.list()).letters
  assert.deepEqual([letter?.id, letter?.kind === 'job' && letter.name], [longId, longName])
  isBroken = false
  const completed = once(consumer, 'completed')
  await letters.replay({ ids: [longId] })
  const [job] = await completed
  assert.deepEqual([job.id, job.data], [longId, { n: 7 }])
})

test('an id that no message could carry is refused before the job is recorded', async t => {
  const { queue, amqpQueue, redis } = setup(t)
  await assert.rejects(queue().add('job', {}, { jobId: 'x'.repeat(10_001) }), {
    code: 'ERR_JOB_TOO_LARGE',
    message: /has 10001 characters.*Nothing was added/s,
  })
  assert.deepEqual(await redis.keys(`${amqpQueue}:x*`), [])
})

test('a queue whose name RabbitMQ could not take is refused, in a flow before anything is recorded', async t => {
  const { prefix, redis, name } = setup(t)
  const refusal = { code: 'ERR_INVALID_DEFINITION', message: /have \d+ bytes, and 243 are the most/ }
  const backend = createRabbitmqBackend({ url: amqpUrl() })
  const connection = { url: redisUrl() }
  const longest = 'q'.repeat(243 - prefix.length - 1)
  assert.throws(() => new Queue(`${longest}q`, { connection, prefix }, backend), refusal)
  const flows = new FlowProducer({ connection, prefix }, backend)
  onEnd(t, () => flows.close())
  const children = [{ name: 'child', queueName: `${longest}q` }]
  await assert.rejects(flows.add({ name: 'parent', queueName: name, children }), refusal)
  assert.deepEqual(await redis.keys(`${prefix}:*[0-9]`), [])
})
