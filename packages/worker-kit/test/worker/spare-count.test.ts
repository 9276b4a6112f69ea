import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestWaitMs, SpareCount } from '../../src/worker/spare-count.ts'

function after(concurrency: number, runs: number, ms: number, callMs = 0): SpareCount {
  const count = new SpareCount(concurrency, () => longestWaitMs(callMs))
  for (let i = 0; i < runs; i += 1) count.noteRun(ms)
  return count
}

test('no spares before enough runs were seen', () => {
  assert.equal(after(10, 19, 0.1).spares, 0)
  assert.ok(after(10, 20, 0.1).spares > 0)
})

test('as many spares as can start in time, eight for each job that runs at once at most, 64 where these are few', () => {
  assert.equal(after(1, 100, 0.1).spares, 64)
  assert.equal(after(50, 100, 0.1).spares, 400)
  assert.equal(after(1, 100, 5).spares, 5)
  assert.equal(after(10, 100, 10).spares, 25)
})

test('none for jobs so long that they would wait while another worker idles', () => {
  assert.equal(after(1, 100, 10).spares, 0)
  assert.equal(after(10, 100, 1_000).spares, 0)
})

test('a spare may wait for 50 ms; where calls to Redis take long, for eight of them, 250 ms at most', () => {
  assert.deepEqual([0, 5, 10, 100].map(longestWaitMs), [50, 50, 80, 250])
  assert.ok(after(10, 100, 20, 20).spares > after(10, 100, 20).spares)
})

test('none until jobs have been short again for a while, once they turned long', () => {
  const count = after(1, 100, 0.1)
  count.forget()
  assert.equal(count.spares, 0)
  for (let i = 0; i < 20; i += 1) count.noteRun(0.1)
  assert.equal(count.spares, 64)
})

test('a moment that delays all jobs that run counts as much at a high concurrency as at a low one', () => {
  const many = after(50, 100, 1)
  const few = after(10, 100, 1)
  for (let i = 0; i < 50; i += 1) many.noteRun(3)
  for (let i = 0; i < 10; i += 1) few.noteRun(3)
  const share = (count: SpareCount, concurrency: number) => count.spares / concurrency
  assert.ok(Math.abs(share(many, 50) - share(few, 10)) < 2)
})
