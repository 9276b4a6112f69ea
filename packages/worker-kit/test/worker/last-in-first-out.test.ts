import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

const lifo = { lifo: true }

test('jobs with lifo run the newest first', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  await jobs.pause()
  for (const name of ['a', 'b', 'c', 'd']) await jobs.add(name, {}, lifo)
  const { ledger, names } = namesInOrder()
  worker(async job => ledger.note(job.name))
  await jobs.resume()
  await ledger.untilRan(4)
  assert.deepEqual(names(), ['d', 'c', 'b', 'a'])
})

test('a job with lifo overtakes a backlog whose messages are ahead of its own', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.addBulk(Array.from({ length: 20 }, (_, n) => ({ name: `job ${n}`, data: {} })))
  const { ledger, names } = namesInOrder()
  const urgentIsPublished = Promise.withResolvers<void>()
  worker(async job => {
    ledger.note(job.name)
    if (job.name === 'job 0') await urgentIsPublished.promise
  })
  await ledger.untilRan(1)
  const urgent = await jobs.add('urgent', {}, lifo)
  while (!(await redis.hget(`${amqpQueue}:${urgent.id}`, 'stamp'))) await delay(5)
  urgentIsPublished.resolve()
  await ledger.untilRan(21)
  const place = names().indexOf('urgent')
  assert.ok(place > 0 && place < 5, `it was number ${place}`)
})

test('R2: a job that is moved to the head of the line runs there, and not again in its old place', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  await jobs.pause()
  const { ledger, names } = namesInOrder()
  worker(async job => ledger.note(job.name))
  for (const name of ['a', 'b', 'c', 'd']) await jobs.add(name, {})
  const moved = await jobs.add('moved', {})
  await moved.changePriority({ priority: 0, lifo: true })
  await jobs.resume()
  await jobs.add('last', {})
  await ledger.untilRan(6)
  // The worker may have been about to start one other.
  assert.ok(names().indexOf('moved') <= 1, names().join())
  assert.deepEqual(ledger.ranTwice, [])
})

test('R2: a job whose priority is taken away is published anew, in its new place', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const urgent = await jobs.add('a', {}, { priority: 5 })
  await jobs.add('b', {})
  await urgent.changePriority({ priority: 0 })
  const { ledger, names } = namesInOrder()
  worker(async job => ledger.note(job.name))
  await ledger.untilRan(2)
  assert.deepEqual(names(), ['b', 'a'])
})

function namesInOrder() {
  const ledger = new Ledger()
  return { ledger, names: () => [...ledger.runs.keys()] }
}
