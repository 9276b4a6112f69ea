import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSpeedMeter, secondsLeft } from '../../src/uploads/speed-meter.ts'

test('the rate is that of the last seconds, and unknown at first', () => {
  let now = 0
  const meter = createSpeedMeter(() => now)
  assert.equal(meter.note(0), 0)
  now = 1_000
  assert.equal(meter.note(1_000_000), 1_000_000)
  // Ten seconds of nothing, then twice as fast: what was long ago does not count.
  for (now = 11_000; now <= 17_000; now += 1_000) meter.note(1_000_000 + (now - 11_000) * 2_000)
  assert.equal(Math.round(meter.note(1_000_000 + 7_000 * 2_000)), 2_000_000)
})

test('the time that is left is unknown without a rate', () => {
  assert.equal(secondsLeft(100, 0), undefined)
  assert.equal(secondsLeft(100, 50), 2)
})
