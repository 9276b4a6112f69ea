import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Delivery } from '../../src/amqp/delivery.ts'
import { Deliveries } from '../../src/worker/deliveries.ts'
import { delivery } from '../support/delivery.ts'

test('deliveries are handed out in the order they came', () => {
  const deliveries = new Deliveries()
  deliveries.receive(delivery('a'))
  deliveries.receive(delivery('b'))
  assert.deepEqual([deliveries.take()?.id, deliveries.take()?.id, deliveries.take()], ['a', 'b', undefined])
})

test('a delivery that may not start stays first and blocks the rest until unblocked', async () => {
  const deliveries = new Deliveries()
  const first = delivery('a')
  deliveries.receive(first)
  deliveries.receive(delivery('b'))
  deliveries.block(deliveries.take() as Delivery)
  assert.equal(deliveries.take(), undefined)
  const waiting = deliveries.wait(10_000)
  deliveries.unblock()
  assert.equal(await waiting, 'delivery')
  assert.equal(deliveries.take(), first)
})

test('a delivery that may not start for 30 days stays blocked, although no timer takes so long', async () => {
  const deliveries = new Deliveries()
  deliveries.receive(delivery('a'))
  deliveries.block(deliveries.take() as Delivery, 30 * 24 * 3_600_000)
  assert.equal(await deliveries.wait(20), 'timeout')
  deliveries.unblock()
})

test('deliveries that may not start keep their order, however many are tried at once', () => {
  const deliveries = new Deliveries()
  for (const id of ['a', 'b', 'c']) deliveries.receive(delivery(id))
  const tried = [deliveries.take(), deliveries.take()] as Delivery[]
  for (const one of tried) deliveries.block(one)
  deliveries.unblock()
  assert.deepEqual([deliveries.take()?.id, deliveries.take()?.id, deliveries.take()?.id], ['a', 'b', 'c'])
})

test('a job ahead of its message starts first, and its message takes its place', () => {
  const deliveries = new Deliveries()
  deliveries.receive(delivery('a'))
  deliveries.insertAhead(delivery('ahead'))
  assert.equal(deliveries.isNextOutOfTurn, true)
  const message = delivery('ahead')
  deliveries.receive(message)
  assert.equal(deliveries.take(), message)
  assert.equal(deliveries.take()?.id, 'a')
  assert.equal(deliveries.take(), undefined)
})

test('the message of a job that started ahead of it settles the run', () => {
  const deliveries = new Deliveries()
  deliveries.insertAhead(delivery('ahead'))
  deliveries.start(deliveries.take() as Delivery, 'token')
  const message = delivery('ahead')
  deliveries.receive(message)
  assert.equal(deliveries.take(), undefined)
  assert.equal(deliveries.endRun(message)?.delivery, message)
})

test('R8: the redelivery of a job that runs here is adopted, not queued', () => {
  const deliveries = new Deliveries()
  const first = delivery('a')
  deliveries.start(first, 'token')
  const again = delivery('a', { redelivered: true })
  deliveries.receive(again)
  assert.equal(deliveries.take(), undefined)
  assert.equal(deliveries.endRun(first)?.delivery, again)
})

test("R8: of two copies of a running job's message the later is kept and the other settled", () => {
  const deliveries = new Deliveries()
  let settled = 0
  deliveries.start(delivery('a', { ack: () => settled++ }), 'token')
  const again = delivery('a', { redelivered: true, ack: () => assert.fail('it is not done yet') })
  deliveries.receive(again)
  deliveries.receive(again)
  assert.equal(settled, 1)
})

test('R2: the end of one run leaves a later run of the same job alone', () => {
  const deliveries = new Deliveries()
  const first = delivery('a')
  const retried = delivery('a', { stamp: '2' })
  deliveries.start(first, 'token')
  deliveries.start(retried, 'token')
  assert.equal(deliveries.endRun(first), undefined)
  assert.equal(deliveries.endRun(retried)?.delivery, retried)
})

test('those who wait for deliveries get one each, in the order in which they asked', async () => {
  const deliveries = new Deliveries()
  const taken = [deliveries.takeWithin(10_000), deliveries.takeWithin(10_000), deliveries.takeWithin(1)]
  deliveries.receive(delivery('a'))
  deliveries.receive(delivery('b'))
  assert.deepEqual(
    (await Promise.all(taken)).map(one => one?.id),
    ['a', 'b', undefined],
  )
  assert.equal(deliveries.take(), undefined)
})

test('an interrupt ends every wait, and what has not started can be requeued', async () => {
  const deliveries = new Deliveries()
  const waiting = deliveries.wait(10_000)
  deliveries.receive(delivery('a'))
  assert.equal(await waiting, 'delivery')
  deliveries.interrupt()
  assert.equal(await deliveries.takeWithin(10_000), undefined)
  assert.deepEqual(
    deliveries.takeUnstarted().map(({ id }) => id),
    ['a'],
  )
  assert.equal(await deliveries.wait(10_000), 'interrupted')
})

test('R2: a step of an earlier run, which had another token, leaves the delivery of a later run alone', () => {
  const deliveries = new Deliveries()
  deliveries.start(delivery('a'), 'first')
  const later = delivery('a', { stamp: '2' })
  deliveries.start(later, 'later')
  assert.equal(deliveries.beginLeaving('a', 'first'), undefined)
  assert.equal(deliveries.undisturbed('a'), later)
  assert.equal(deliveries.beginLeaving('a', 'later'), later)
  assert.equal(deliveries.undisturbed('a'), undefined)
})

test("a placeholder's job takes up no prefetch until its message is delivered", () => {
  const deliveries = new Deliveries()
  deliveries.insertAhead(delivery('ahead'))
  assert.equal(deliveries.hasPrefetched, false)
  deliveries.start(deliveries.take() as Delivery, 'token')
  assert.deepEqual([deliveries.runningCount, deliveries.deliveredRunCount], [1, 0])
  deliveries.receive(delivery('ahead'))
  assert.deepEqual([deliveries.runningCount, deliveries.deliveredRunCount], [1, 1])
})

test('a job that starts again settles the delivery of its earlier run, which would take up prefetch for ever', () => {
  const deliveries = new Deliveries()
  const settled: string[] = []
  const of = (stamp: string) => delivery('a', { stamp, ack: () => settled.push(stamp) })
  for (const stamp of ['1', '2']) deliveries.start(of(stamp), `token ${stamp}`)
  assert.deepEqual(settled, ['1'])
  assert.equal(deliveries.beginLeaving('a', 'token 1'), undefined)
  assert.equal(deliveries.beginLeaving('a', 'token 2')?.stamp, '2')
})
