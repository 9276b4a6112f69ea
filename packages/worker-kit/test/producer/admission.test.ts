import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { Admission } from '../../src/producer/admission.ts'

test('admits a number of callers in each turn of the event loop, in the order in which they came', async () => {
  const admission = new Admission(3)
  const passed: number[] = []
  const enter = async (i: number) => {
    await admission.enter()
    passed.push(i)
  }
  for (let i = 0; i < 8; i += 1) void enter(i)
  const counts: number[] = []
  while (passed.length < 9) {
    await setImmediate()
    counts.push(passed.length)
    // Comes while others wait, and does not pass them.
    if (counts.length === 1) void enter(8)
  }
  assert.deepEqual(passed, [0, 1, 2, 3, 4, 5, 6, 7, 8])
  assert.deepEqual(counts, [6, 9])
  await setImmediate()
  assert.equal(admission.enter(), undefined)
})

test('hundreds of thousands of callers take time in proportion to their number', {
  timeout: 30_000,
}, async () => {
  const admission = new Admission(25)
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: 300_000 }, () => admission.enter()))
  const { user } = process.cpuUsage(before)
  assert.ok(user < 1_500_000, `${Math.round(user / 1_000)} ms`)
})
