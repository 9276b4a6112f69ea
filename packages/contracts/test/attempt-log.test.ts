import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptEnded, attemptStarted, readAttempts } from '../src/index.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))
const iso = (second: number) => at(second).toISOString()

test('tells attempts with their times and reasons', () => {
  const lines = [
    attemptStarted(1, at(0)),
    attemptEnded(1, { text: 'no' }, at(1)),
    attemptStarted(2, at(2)),
    attemptEnded(2, undefined, at(3)),
  ]
  assert.deepEqual(readAttempts(lines, true), [
    { attempt: 1, startedAt: iso(0), endedAt: iso(1), reason: 'no' },
    { attempt: 2, startedAt: iso(2), endedAt: iso(3) },
  ])
})

test('an attempt without an end runs, unless another has started or the job is over', () => {
  const lines = [attemptStarted(1, at(0)), attemptStarted(1, at(5))]
  const reasons = (isOver: boolean) => readAttempts(lines, isOver).map(({ reason }) => reason)
  assert.deepEqual(reasons(false), ['The converter stopped before it had finished.', undefined])
  assert.equal(reasons(true).filter(Boolean).length, 2)
})

test('skips lines of others, and an end without a start', () => {
  assert.deepEqual(readAttempts(['hello', '{}', '[1]', 'null', attemptEnded(1, { text: 'x' })], true), [])
})
