import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryDelayMs } from '../../src/job/index.ts'

test('a fixed policy always waits the same', () => {
  assert.deepEqual(
    [1, 2, 9].map(attempt => retryDelayMs({ type: 'fixed', delayMs: 700 }, attempt)),
    [700, 700, 700],
  )
})

test('an exponential policy doubles with every attempt, up to its longest wait', () => {
  const policy = { type: 'exponential', delayMs: 1_000, maxDelayMs: 5_000 } as const
  assert.deepEqual(
    [1, 2, 3, 4, 60].map(attempt => retryDelayMs(policy, attempt)),
    [1_000, 2_000, 4_000, 5_000, 5_000],
  )
})

test('jitter takes a share of the wait at random', () => {
  const policy = { type: 'fixed', delayMs: 1_000, jitter: 0.5 } as const
  assert.equal(
    retryDelayMs(policy, 1, () => 0),
    1_000,
  )
  assert.equal(
    retryDelayMs(policy, 1, () => 1),
    500,
  )
})
