import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Channel } from 'amqplib'
import { brokerAdmin } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { setup, type TestQueue } from '../support/setup.ts'

interface Watched {
  jobs: TestQueue
  ledger: Ledger
  admin: Channel
  amqpQueue: string
}

/** Has jobs done until the workers together have so many subscriptions: those for spares come while jobs are short. */
async function untilSubscribed(
  { jobs, ledger, admin, amqpQueue }: Watched,
  name: string,
  count: number,
): Promise<void> {
  do {
    const target = ledger.runs.size + 100
    await ledger.add(jobs, name, 100)
    await ledger.untilRan(target)
  } while ((await admin.checkQueue(amqpQueue)).consumerCount < count)
}

test('deliveries wait at a worker of short jobs, and go to an idle one when a job turns long', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const ledger = new Ledger()
  const gates: (() => void)[] = []
  const slots = 20
  const busy = worker(
    async job => {
      ledger.note(job.id)
      if (job.name === 'long') await new Promise<void>(resolve => gates.push(resolve))
    },
    { concurrency: slots },
  )
  await untilSubscribed({ jobs, ledger, admin, amqpQueue }, 'short', 2)
  const warmUps = ledger.runs.size

  await ledger.add(jobs, 'long', slots)
  await ledger.untilRan(warmUps + slots)
  await ledger.add(jobs, 'short', 20)
  const helped = new Ledger()
  worker(async job => helped.note(job.id))
  await helped.untilRan(20)
  assert.equal(gates.length, slots)

  const allEnded = Promise.withResolvers<void>()
  let ended = 0
  busy.on('completed', () => {
    ended += 1
    if (ended === slots) allEnded.resolve()
  })
  for (const open of gates) open()
  await allEnded.promise
  assert.deepEqual([...ledger.ranTwice, ...helped.ranTwice], [])
})

test('more deliveries wait at a worker whose jobs turn out shorter than the first', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const ledger = new Ledger()
  worker(
    async job => {
      ledger.note(job.id)
      if (job.name === 'slow') await delay(20)
    },
    { concurrency: 10 },
  )
  const consumersAfter = async (name: string) => {
    const target = ledger.runs.size + 100
    await ledger.add(jobs, name, 100)
    await ledger.untilRan(target)
    return (await admin.checkQueue(amqpQueue)).consumerCount
  }
  while ((await consumersAfter('slow')) < 2);
  while ((await consumersAfter('short')) < 3);
  assert.deepEqual(ledger.ranTwice, [])
})

test('deliveries that have waited too long at a busy worker go to an idle one, though jobs end and start all the time', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const ledger = new Ledger()
  const helped = new Ledger()
  const occupied = Promise.withResolvers<void>()
  const free = Promise.withResolvers<void>()
  await jobs.add('occupy', {})
  worker(async job => {
    helped.note(job.id)
    if (job.name !== 'occupy') return
    occupied.resolve()
    await free.promise
  })
  await occupied.promise
  worker(
    async job => {
      ledger.note(job.id)
      if (job.name === 'longer') await delay(60)
    },
    { concurrency: 2 },
  )
  await untilSubscribed({ jobs, ledger, admin, amqpQueue }, 'short', 3)

  // All of them are delivered to the busy one: the other has no room.
  const before = ledger.runs.size
  await ledger.add(jobs, 'longer', 20)
  await ledger.untilRan(before + 1)
  free.resolve()
  await helped.untilRan(2)
})

test('follows a concurrency that is changed while it runs', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const gates: (() => void)[] = []
  const running = new Ledger()
  const changing = worker(async job => {
    running.note(job.id)
    await new Promise<void>(resolve => gates.push(resolve))
  })
  await running.add(jobs, 'a', 6)
  await running.untilRan(1)
  changing.concurrency = 3
  gates.shift()?.()
  await running.untilRan(4)
  changing.concurrency = 1
  const other = new Ledger()
  // With one slot left there, the fifth job and the sixth must not wait behind the three that run.
  worker(async job => other.note(job.id))
  await other.untilRan(2)
  assert.equal(running.runs.size, 4)
  for (const open of gates) open()
})
