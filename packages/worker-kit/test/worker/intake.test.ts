import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Delivery } from '../../src/amqp/consumer.ts'
import { Intake } from '../../src/worker/intake.ts'
import { delivery } from '../support/delivery.ts'

test('deliveries are handed out in the order they came', () => {
  const intake = new Intake()
  intake.receive(delivery('a'))
  intake.receive(delivery('b'))
  assert.deepEqual([intake.take()?.id, intake.take()?.id, intake.take()], ['a', 'b', undefined])
})

test('a delivery that may not start stays first and blocks the rest until unblocked', async () => {
  const intake = new Intake()
  const first = delivery('a')
  intake.receive(first)
  intake.receive(delivery('b'))
  intake.putBack(intake.take() as Delivery)
  assert.equal(intake.take(), undefined)
  const waiting = intake.wait(10_000)
  intake.unblock()
  assert.equal(await waiting, 'delivery')
  assert.equal(intake.take(), first)
})

test('deliveries that may not start keep their order, however many are tried at once', () => {
  const intake = new Intake()
  for (const id of ['a', 'b', 'c']) intake.receive(delivery(id))
  const tried = [intake.take(), intake.take()] as Delivery[]
  for (const one of tried) intake.putBack(one)
  intake.unblock()
  assert.deepEqual([intake.take()?.id, intake.take()?.id, intake.take()?.id], ['a', 'b', 'c'])
})

test('a job that comes before its message starts first, and its message takes its place', () => {
  const intake = new Intake()
  intake.receive(delivery('a'))
  intake.receiveEarly(delivery('early'))
  assert.equal(intake.isNextEarly, true)
  const message = delivery('early')
  intake.receive(message)
  assert.equal(intake.take(), message)
  assert.equal(intake.take()?.id, 'a')
  assert.equal(intake.take(), undefined)
})

test('the message of a job that was started before it came is what settles it', () => {
  const intake = new Intake()
  intake.receiveEarly(delivery('early'))
  intake.start(intake.take() as Delivery)
  const message = delivery('early')
  intake.receive(message)
  assert.equal(intake.take(), undefined)
  assert.equal(intake.finish(message)?.delivery, message)
})

test('R8: the redelivery of a job that runs here is adopted, not queued', () => {
  const intake = new Intake()
  const first = delivery('a')
  intake.start(first)
  const again = delivery('a', { redelivered: true })
  intake.receive(again)
  assert.equal(intake.take(), undefined)
  assert.equal(intake.finish(first)?.delivery, again)
})

test("R8: of two copies of a running job's message the later is kept and the other settled", () => {
  const intake = new Intake()
  let settled = 0
  intake.start(delivery('a', { ack: () => settled++ }))
  const again = delivery('a', { redelivered: true, ack: () => assert.fail('it is not done yet') })
  intake.receive(again)
  intake.receive(again)
  assert.equal(settled, 1)
})

test('R2: the end of one run leaves a later run of the same job alone', () => {
  const intake = new Intake()
  const first = delivery('a')
  const retried = delivery('a', { stamp: '2' })
  intake.start(first)
  intake.start(retried)
  assert.equal(intake.finish(first), undefined)
  assert.equal(intake.finish(retried)?.delivery, retried)
})

test('those who wait for deliveries get one each, in the order in which they asked', async () => {
  const intake = new Intake()
  const taken = [intake.takeWithin(10_000), intake.takeWithin(10_000), intake.takeWithin(1)]
  intake.receive(delivery('a'))
  intake.receive(delivery('b'))
  assert.deepEqual(
    (await Promise.all(taken)).map(one => one?.id),
    ['a', 'b', undefined],
  )
  assert.equal(intake.take(), undefined)
})

test('an interrupt ends every wait, and what was not started can be given back', async () => {
  const intake = new Intake()
  const waiting = intake.wait(10_000)
  intake.receive(delivery('a'))
  assert.equal(await waiting, 'delivery')
  intake.interrupt()
  assert.equal(await intake.takeWithin(10_000), undefined)
  assert.deepEqual(
    intake.takeUnstarted().map(({ id }) => id),
    ['a'],
  )
  assert.equal(await intake.wait(10_000), 'interrupted')
})
