import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Credit } from '../../src/worker/credit.ts'
import { Intake } from '../../src/worker/intake.ts'
import { delivery } from '../support/delivery.ts'

interface Held {
  intake: Intake
  credit: Credit
  /** Resolves when what has not started is given back. */
  returned: Promise<void>
}

/** A worker's deliveries, at a concurrency of 1. */
function held(): Held {
  const intake = new Intake()
  const { promise: returned, resolve } = Promise.withResolvers<void>()
  const credit = new Credit({
    intake,
    consumer: {
      setPrefetch: async () => undefined,
      setSparePrefetch: async () => undefined,
      cancelConsumers: async () => undefined,
    },
    concurrency: () => 1,
    giveBackUnstarted: resolve,
  })
  return { intake, credit, returned }
}

function receive({ intake, credit }: Held, id: string): void {
  intake.receive(delivery(id))
  credit.noteDelivery()
}

test('a worker that was stopped while a look at what waits was due looks again, and gives back what it cannot start', {
  timeout: 10_000,
}, async () => {
  const worker = held()
  worker.credit.noteDelivery()
  worker.credit.stop()
  receive(worker, 'waits')
  await worker.returned
})

test('what waits for a slot that is free stays longer than what waits for one that is not', {
  timeout: 10_000,
}, async () => {
  const free = held()
  const full = held()
  receive(free, 'may start')
  full.intake.start(delivery('runs'))
  receive(full, 'waits')
  const order: string[] = []
  await Promise.all([
    free.returned.then(() => order.push('free')),
    full.returned.then(() => order.push('full')),
  ])
  assert.deepEqual(order, ['full', 'free'])
})
