import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, percentile, summarize, summarizeRatios } from '../src/statistics.ts'

test('the median of an even number of values lies between the middle two', () => {
  assert.equal(median([10, 1, 3, 2]), 2.5)
  assert.equal(median([9, 1, 5]), 5)
  assert.equal(median([7]), 7)
})

test('a percentile lies between its neighbours, as its rank says', () => {
  const values = Array.from({ length: 101 }, (_, i) => 100 - i)
  assert.equal(percentile(values, 99), 99)
  assert.equal(percentile([0, 10], 99), 9.9)
  assert.equal(percentile([3, 1, 2], 0), 1)
  assert.equal(percentile([3, 1, 2], 100), 3)
})

test('there is no median of nothing', () => {
  assert.throws(() => median([]), RangeError)
})

test('numbers are put in order as numbers', () => {
  assert.deepEqual(summarize([100, 9, 20]), { median: 20, min: 9, max: 100, rounds: 3 })
})

test('ratios are taken round by round, before the median', () => {
  // The machine was slow in the first round; the ratio of the medians would be 1.5.
  assert.deepEqual(summarizeRatios([5, 30, 60], [10, 20, 30]), { median: 1.5, min: 0.5, max: 2, rounds: 3 })
  assert.equal(summarizeRatios([2, 40, 40], [1, 40, 10])?.median, 2)
})

test('a round in which one of the two is missing counts for nothing', () => {
  assert.deepEqual(summarizeRatios([5, undefined, 8], [undefined, 3, 4]), {
    median: 2,
    min: 2,
    max: 2,
    rounds: 1,
  })
  assert.equal(summarizeRatios([5], [0]), undefined)
  assert.equal(summarizeRatios([], []), undefined)
})
