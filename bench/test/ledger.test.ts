import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isClean, Ledger, reportLedgers } from '../src/ledger.ts'

function ledger(expected: number, ...seqs: number[]): Ledger {
  const made = new Ledger(expected)
  for (const seq of seqs) made.note(seq)
  return made
}

const report = (...ledgers: Ledger[]) =>
  reportLedgers(ledgers.map(one => ({ runs: one.runs(), strangers: one.strangers })))

test('is clean when every job ran exactly once, on whatever worker', () => {
  const result = report(ledger(3, 0, 2), ledger(3, 1))
  assert.deepEqual(result, { expected: 3, ran: 3, doubles: 0, strangers: 0 })
  assert.equal(isClean(result), true)
})

test('counts lost jobs', () => {
  const result = report(ledger(3, 0, 2))
  assert.equal(result.ran, 2)
  assert.equal(isClean(result), false)
})

test('counts a job that ran on two workers, and one that ran again on the same', () => {
  const result = report(ledger(2, 0, 1, 1), ledger(2, 0))
  assert.equal(result.doubles, 2)
  assert.equal(isClean(result), false)
})

test('counts runs of jobs that were never added', () => {
  const result = report(ledger(1, 0, 7))
  assert.equal(result.strangers, 1)
  assert.equal(isClean(result), false)
})
