import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { amqpUrl, proxyTo, until } from '@jackalope/local-servers/testing'
import { Deliveries } from '../../../src/worker/deliveries.ts'
import { brokerAdmin, readyCount } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { setup } from '../../support/setup.ts'

const backend = { recordOn: 'start' } as const
const SLOTS = 5

/** Counts what workers of this process are delivered. */
function countDeliveries(t: TestContext): { count: number } {
  const counted = { count: 0 }
  const { receive } = Deliveries.prototype
  t.mock.method(
    Deliveries.prototype,
    'receive',
    function (this: Deliveries, ...args: Parameters<typeof receive>) {
      counted.count += 1
      return receive.apply(this, args)
    },
  )
  return counted
}

test('R8: a worker whose connection to the broker is cut while all its slots run adopts their messages, and nothing goes round', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const proxy = await proxyTo(t, amqpUrl())
  const ledger = new Ledger()
  const jobs = queue({ backend })
  const mayEnd = Promise.withResolvers<void>()
  worker(
    async job => {
      ledger.note(job.id)
      if (job.name === 'long') await mayEnd.promise
    },
    { concurrency: SLOTS, backend: { url: proxy.url } },
  )
  await ledger.add(jobs, 'long', SLOTS)
  await ledger.untilRan(SLOTS)
  await ledger.add(jobs, 'behind', 20)
  const deliveries = countDeliveries(t)
  for (let cut = 1; cut <= 2; cut++) {
    await proxy.cut()
    await until(async () => (await readyCount(admin, amqpQueue)) === SLOTS + 20)
    await proxy.restore()
    // The messages of the running jobs are the worker's again.
    await until(async () => (await readyCount(admin, amqpQueue)) === 20)
  }
  // The span over which deliveries are counted.
  await delay(500)
  assert.ok(deliveries.count <= 6 * SLOTS, `${deliveries.count} deliveries`)
  mayEnd.resolve()
  await ledger.untilRan(SLOTS + 20)
  await until(async () => (await jobs.getCompletedCount()) === SLOTS + 20)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})

test('a worker whose queue is deleted, and made again at once, gets what is added afterwards', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  worker(async job => ledger.note(job.id), { concurrency: SLOTS })
  await ledger.add(jobs, 'before', 1)
  await ledger.untilRan(1)
  await admin.deleteQueue(amqpQueue)
  // RabbitMQ 3.10 may keep the consumer, and deliver no more than its prefetch.
  await ledger.add(jobs, 'after', 4 * SLOTS)
  await ledger.untilRan(1 + 4 * SLOTS)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})
