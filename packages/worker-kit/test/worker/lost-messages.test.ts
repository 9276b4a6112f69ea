import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokerAdmin } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

test('R6: jobs whose messages were purged from the broker still run, each once', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  await queue().addBulk(Array.from({ length: 20 }, (_, n) => ({ name: 'a', data: { n } })))
  await admin.purgeQueue(amqpQueue)
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), { concurrency: 4 })
  await ledger.untilRan(20)
  assert.deepEqual(ledger.ranTwice, [])
})

test('R6: a prioritized job whose message is lost still runs, and holds up none behind it', {
  timeout: 60_000,
}, async t => {
  const { queue, worker, amqpQueue, redis } = setup(t)
  const jobs = queue()
  const { id = '' } = await jobs.add('lost', {}, { priority: 1 })
  // As after a crash between stamp and confirm, ten seconds ago.
  await redis.hset(`${amqpQueue}:${id}`, 'stamp', String((Date.now() - 10_000) * 1_000))
  await jobs.add('behind it', {}, { priority: 2 })
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  await ledger.untilJobRan(id)
  await ledger.untilRan(2)
  assert.deepEqual(ledger.ranTwice, [])
})

test('a queue deleted under a consumer is declared again and its jobs run', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  const jobs = queue()
  await jobs.add('a', {})
  await ledger.untilRan(1)
  await admin.deleteQueue(amqpQueue)
  await jobs.add('b', {})
  await ledger.untilRan(2)
})
