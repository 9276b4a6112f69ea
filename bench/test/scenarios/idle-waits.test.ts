import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Run } from '../../src/roles/worker.ts'
import { idleWaits } from '../../src/scenarios/idle-waits.ts'

let seq = 0
const run = (addedAt: number, startedAt: number, endedAt: number): Run => ({
  seq: seq++,
  addedAt,
  startedAt,
  endedAt,
})

test('nobody waits beside an idle worker while both are busy', () => {
  const waits = idleWaits([[run(0, 1, 100), run(0, 100, 200)], [run(0, 1, 200)]], 1)
  assert.deepEqual(waits, [0, 0, 0])
})

test('a job that is held by a busy worker waits beside the idle one', () => {
  const slow = run(0, 10, 1_000)
  const held = run(0, 1_000, 1_001)
  assert.deepEqual(idleWaits([[slow, held], [run(0, 10, 100)]], 1), [0, 900, 0])
})

test('a wait counts from when the job was added', () => {
  const late = run(700, 1_000, 1_001)
  assert.deepEqual(idleWaits([[run(0, 10, 1_000), late], [run(0, 10, 100)]], 1), [0, 300, 0])
})

test('only the longest stretch counts, and short gaps between jobs do not add up', () => {
  const other = [run(0, 0, 100), run(0, 110, 200), run(0, 230, 1_000)]
  assert.deepEqual(idleWaits([[run(0, 0, 1_000), run(0, 1_000, 1_001)], other], 1), [0, 30, 0, 10, 30])
})

test('a worker with more slots is idle while it uses at most half of them', () => {
  const busy = [run(0, 0, 1_000), run(0, 0, 1_000), run(0, 0, 1_000), run(0, 0, 1_000), run(0, 900, 1_000)]
  const threeOfFour = [run(0, 0, 500), run(0, 0, 500), run(0, 0, 800)]
  assert.equal(idleWaits([busy, threeOfFour], 4)[4], 400)
})
