import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../support/setup.ts'

test('a job that was fetched by hand gives the next one when it completes, and an empty list when there is none', async t => {
  const { queue, worker } = setup(t)
  await queue().addBulk([
    { name: 'first', data: {} },
    { name: 'second', data: {} },
  ])
  const consumer = worker(null)
  const first = await consumer.getNextJob('token')
  assert.equal(first?.name, 'first')

  const [data, id] = (await first.moveToCompleted('done', 'token', true)) as [{ name: string }, string]
  assert.equal(data.name, 'second')
  const second = await queue().getJob(id)
  assert.deepEqual(await second?.moveToCompleted('done', 'token', true), [])
})

test('a job that leaves active by hand without asking for the next one gives an empty list', async t => {
  const { queue, worker } = setup(t)
  await queue().addBulk([
    { name: 'first', data: {}, opts: { attempts: 2, backoff: 60_000 } },
    { name: 'second', data: {} },
  ])
  const consumer = worker(null)
  const first = await consumer.getNextJob('token')
  assert.deepEqual(await first?.moveToFailed(new Error('later'), 'token', false), [])
  assert.equal(await first?.getState(), 'delayed')
  assert.equal((await consumer.getNextJob('token'))?.name, 'second')
})

test('R2: a job that its own worker finds stalled is at once to be had again', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  await queue().add('stalls', {})
  const consumer = worker(null)
  const first = await consumer.getNextJob('token')
  await redis.del(`${amqpQueue}:${first?.id}:lock`)
  const backend = consumer.getBackend()
  await backend.moveStalledJobsToWait()
  await redis.del(`${amqpQueue}:stalled-check`)
  assert.deepEqual(await backend.moveStalledJobsToWait(), [first?.id])

  const again = await consumer.getNextJob('other', { block: false })
  assert.equal(again?.id, first?.id)
  assert.equal(again?.stalledCounter, 1)
})

test('R2: a job that is retried without the token of its lock is at once to be had again', async t => {
  const { queue, worker } = setup(t)
  await queue().add('a', {}, { attempts: 2 })
  const consumer = worker(null)
  const first = await consumer.getNextJob('token')
  await first?.moveToFailed(new Error('by an operator'), '0', false)
  // Waits for a second; a job whose message is lost would be found only after two.
  const again = await consumer.getNextJob('token')
  assert.equal(again?.id, first?.id)
})

test('a delayed job is to be had by hand from the moment on when it is due', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const consumer = worker(null)
  await consumer.getNextJob('token', { block: false })
  for (let i = 0; i < 10; i += 1) {
    const { id, timestamp, delay } = await jobs.add('a', {}, { delay: 20 })
    while (Date.now() < timestamp + delay) await new Promise(resolve => setImmediate(resolve))
    const job = await consumer.getNextJob('token', { block: false })
    assert.equal(job?.id, id)
    await job?.moveToCompleted('done', 'token', false)
  }
})
