import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Consumer } from '../../src/amqp/consumer.ts'
import { Deliveries } from '../../src/worker/deliveries.ts'
import { PrefetchController } from '../../src/worker/prefetch-controller.ts'
import { delivery } from '../support/delivery.ts'

interface Worker {
  deliveries: Deliveries
  prefetch: PrefetchController
  receive(id: string): void
  /** Resolves when a received delivery is requeued. */
  requeued: Promise<void>
}

/** A worker's deliveries, at a concurrency of 1. */
function worker(callMs = 0, countReady: Consumer['countReady'] = async () => 0): Worker {
  const deliveries = new Deliveries()
  const { promise: requeued, resolve } = Promise.withResolvers<void>()
  const prefetch = new PrefetchController({
    deliveries,
    consumer: {
      countReady,
      setPrefetch: async () => undefined,
      setSparePrefetch: async () => undefined,
      cancelConsumers: async () => undefined,
    },
    concurrency: () => 1,
    takeover: { size: 0, interrupt: () => [] },
    callMs: () => callMs,
  })
  return {
    deliveries,
    prefetch,
    requeued,
    receive(id) {
      deliveries.receive(delivery(id, { requeue: resolve }))
      prefetch.noteDelivery()
    },
  }
}

test('a worker that was stopped while a look at its deliveries was due looks again, and requeues what it cannot start', {
  timeout: 10_000,
}, async () => {
  const stopped = worker()
  stopped.prefetch.noteDelivery()
  stopped.prefetch.stop()
  stopped.receive('waits')
  await stopped.requeued
})

test('a delivery that may start at once waits longer than one behind a running job', {
  timeout: 10_000,
}, async () => {
  const idle = worker()
  const busy = worker()
  idle.receive('may start')
  busy.deliveries.start(delivery('runs'), 'token')
  busy.receive('waits')
  const order: string[] = []
  await Promise.all([
    idle.requeued.then(() => order.push('idle')),
    busy.requeued.then(() => order.push('busy')),
  ])
  assert.deepEqual(order, ['busy', 'idle'])
})

test('a placeholder stays when deliveries are requeued: its job may start elsewhere by its message', {
  timeout: 10_000,
}, async () => {
  const busy = worker()
  busy.deliveries.start(delivery('runs'), 'token')
  busy.deliveries.insertAhead(delivery('ahead', { requeue: () => assert.fail('nothing to requeue') }))
  busy.receive('waits')
  await busy.requeued
  assert.equal(busy.deliveries.take()?.id, 'ahead')
})

test('where calls to Redis are slow, so that all workers are, a delivery waits for longer', {
  timeout: 10_000,
}, async () => {
  const order: string[] = []
  const requeued = [20, 1].map(async callMs => {
    const busy = worker(callMs)
    busy.deliveries.start(delivery('runs'), 'token')
    busy.receive('waits')
    await busy.requeued
    order.push(`calls of ${callMs} ms`)
  })
  await Promise.all(requeued)
  assert.deepEqual(order, ['calls of 1 ms', 'calls of 20 ms'])
})

test('while further messages wait at the broker, deliveries are not passed back', {
  timeout: 10_000,
}, async () => {
  const counts = [7, 7, 0]
  const busy = worker(0, async () => counts.shift() ?? assert.fail('asked for too often'))
  busy.deliveries.start(delivery('runs'), 'token')
  busy.receive('waits')
  await busy.requeued
  assert.deepEqual(counts, [])
})

test('for a second: then they are, however many wait at the broker', { timeout: 10_000 }, async () => {
  const busy = worker(0, async () => 7)
  const since = performance.now()
  busy.deliveries.start(delivery('runs'), 'token')
  busy.receive('waits')
  await busy.requeued
  assert.ok(performance.now() - since >= 990)
})
