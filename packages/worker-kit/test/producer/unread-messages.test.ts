import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { Worker } from 'bullmq'
import { setup } from '../support/setup.ts'

test('a producer is told when a worker without the backend runs its jobs and leaves their messages on the broker', {
  timeout: 60_000,
}, async t => {
  const { queue, prefix, name } = setup(t)
  const connection = { url: redisUrl(), maxRetriesPerRequest: null }
  const stock = new Worker(name, async () => undefined, { connection, prefix })
  onEnd(t, () => stock.close())
  const jobs = queue()
  const told = new Promise<Error>(resolve => jobs.on('error', resolve))
  let error: Error | undefined
  void told.then(found => {
    error = found
  })
  while (!error) await jobs.add('a', {})
  assert.equal((error as { code?: unknown }).code, 'ERR_MESSAGES_UNREAD')
  assert.match(error.message, /createRabbitmqBackend/)
})

test('nothing is told while no worker runs, nor of a worker on the backend', { timeout: 60_000 }, async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const errors: Error[] = []
  jobs.on('error', error => errors.push(error))
  // Longer than it takes until the first look.
  const waitUntil = Date.now() + 6_000
  while (Date.now() < waitUntil) await jobs.add('a', {})
  worker(async () => undefined, { concurrency: 20 })
  const workUntil = Date.now() + 6_000
  while (Date.now() < workUntil) await jobs.add('a', {})
  assert.deepEqual(errors, [])
})

test('an idle worker without the backend starts at once what a producer with the backend adds', {
  timeout: 30_000,
}, async t => {
  const { queue, plainQueue, prefix, name } = setup(t)
  const connection = { url: redisUrl(), maxRetriesPerRequest: null }
  const ran: (string | undefined)[] = []
  const stock = new Worker(name, async job => ran.push(job.id), { connection, prefix })
  onEnd(t, () => stock.close())
  // Once drained, the worker waits for the marker, 5 seconds at a time.
  const drained = once(stock, 'drained')
  await plainQueue().add('a', {})
  await drained
  const completed = once(stock, 'completed', { signal: AbortSignal.timeout(3_000) })
  await queue().add('b', {})
  await completed
  assert.equal(ran.length, 2)
})
