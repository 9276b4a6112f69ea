import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunLengths } from '../../src/worker/run-lengths.ts'

function after(slots: number, runs: number, ms: number): RunLengths {
  const lengths = new RunLengths(slots)
  for (let i = 0; i < runs; i += 1) lengths.note(ms)
  return lengths
}

test('no spares before enough runs were seen', () => {
  assert.equal(after(10, 19, 0.1).spares, 0)
  assert.ok(after(10, 20, 0.1).spares > 0)
})

test('as many spares as can start in time, eight for each slot at most, 64 where slots are few', () => {
  assert.equal(after(1, 100, 0.1).spares, 64)
  assert.equal(after(50, 100, 0.1).spares, 400)
  assert.equal(after(1, 100, 5).spares, 5)
  assert.equal(after(10, 100, 10).spares, 25)
})

test('none for jobs so long that they would wait while another worker idles', () => {
  assert.equal(after(1, 100, 10).spares, 0)
  assert.equal(after(10, 100, 1_000).spares, 0)
})

test('none until jobs have been short again for a while, once they turned long', () => {
  const lengths = after(1, 100, 0.1)
  lengths.forget()
  assert.equal(lengths.spares, 0)
  for (let i = 0; i < 20; i += 1) lengths.note(0.1)
  assert.equal(lengths.spares, 64)
})

test('a moment that delays all jobs that run counts as much with many slots as with few', () => {
  const many = after(50, 100, 1)
  const few = after(10, 100, 1)
  for (let i = 0; i < 50; i += 1) many.note(3)
  for (let i = 0; i < 10; i += 1) few.note(3)
  const share = (lengths: RunLengths, slots: number) => lengths.spares / slots
  assert.ok(Math.abs(share(many, 50) - share(few, 10)) < 2)
})
