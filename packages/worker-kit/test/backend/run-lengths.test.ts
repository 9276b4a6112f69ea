import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunLengths } from '../../src/backend/run-lengths.ts'

function after(slots: number, runs: number, ms: number): RunLengths {
  const lengths = new RunLengths(slots)
  for (let i = 0; i < runs; i += 1) lengths.note(ms)
  return lengths
}

test('no spares before enough runs were seen', () => {
  assert.equal(after(10, 19, 0.1).spares, 0)
  assert.ok(after(10, 20, 0.1).spares > 0)
})

test('as many spares as can start in time, three for each slot at most, 32 where slots are few', () => {
  assert.equal(after(1, 100, 0.1).spares, 32)
  assert.equal(after(50, 100, 0.1).spares, 150)
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
  assert.equal(lengths.spares, 32)
})
