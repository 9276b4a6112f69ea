import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LostMessageWatch } from '../../src/worker/lost-message-watch.ts'

const nothing = { suspicions: [], isDeaf: false, asksBroker: false }

test('R6: jobs older than one that started two ticks ago are suspected', () => {
  const watch = new LostMessageWatch()
  watch.noteActivation('500')
  assert.deepEqual(watch.tick(false), nothing)
  assert.deepEqual(watch.tick(false), nothing)
  assert.deepEqual(watch.tick(false).suspicions, [{ stampedBefore: 500, count: 100 }])
})

test('R6: a consumer that has had room for a whole tick without a delivery suspects every old job', () => {
  const watch = new LostMessageWatch()
  assert.deepEqual(watch.tick(true), nothing)
  const [suspicion] = watch.tick(true).suspicions
  assert.ok(suspicion && 'olderThanMicros' in suspicion)
})

test('R6: a delivery, or no room, is no ground for suspicion', () => {
  const watch = new LostMessageWatch()
  watch.tick(true)
  watch.noteDelivery()
  assert.deepEqual(watch.tick(true), nothing)
  watch.tick(false)
  assert.deepEqual(watch.tick(true), nothing)
})

test('R6: a consumer that gets none of what was published again is deaf; one that gets something is not', () => {
  const watch = new LostMessageWatch()
  watch.tick(true)
  watch.tick(true)
  watch.notePublishedForIdle()
  assert.equal(watch.tick(true).isDeaf, true)
  assert.equal(watch.tick(true).isDeaf, false)

  watch.notePublishedForIdle()
  watch.noteDelivery()
  assert.equal(watch.tick(true).isDeaf, false)
})

test('an idle consumer for which the broker keeps messages is deaf; the broker is asked once, and again after a delivery', () => {
  const watch = new LostMessageWatch()
  watch.tick(true)
  assert.equal(watch.tick(true).asksBroker, true)
  watch.noteReady(3)
  assert.equal(watch.isCalm, false)
  const { isDeaf, asksBroker } = watch.tick(true)
  assert.deepEqual([isDeaf, asksBroker], [true, false])
  assert.equal(watch.tick(true).isDeaf, false)

  watch.noteDelivery()
  watch.tick(true)
  assert.equal(watch.tick(true).asksBroker, true)
  watch.noteReady(3)
  watch.noteDelivery()
  assert.equal(watch.tick(true).isDeaf, false)
  assert.equal(watch.tick(true).asksBroker, true)
  watch.noteReady(0)
  assert.equal(watch.isCalm, true)
  assert.deepEqual([watch.tick(true).isDeaf, watch.tick(true).asksBroker], [false, false])
})
