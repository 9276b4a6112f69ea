import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endField, readEnd, readResult, retriesOf } from '../src/index.ts'

const failed = {
  state: 'failed',
  error: 'The file has no audio track.',
  attemptsMade: 1,
  finishedAt: '2026-11-30T01:00:00.000Z',
} as const

test('the end of a round counts until the next round begins', () => {
  const first = { ownerId: 'ada', end0: failed }
  assert.deepEqual(readEnd(first), failed)
  const again = { ...first, retry1: {} }
  assert.equal(readEnd(again), undefined)
  assert.equal(endField(again), 'end1')
  const canceled = { ...failed, state: 'canceled' }
  assert.deepEqual(readEnd({ ...again, end1: canceled }), canceled)
  assert.equal(retriesOf({ ...again, retry2: {}, retry4: {} }), 2)
})

test('what is no end, or no result, counts for nothing', () => {
  assert.equal(readEnd({ end0: { state: 'gone' } }), undefined)
  assert.equal(readResult({ result: 5 }), undefined)
})

test('a result that an earlier version has written is read', () => {
  const old = { audioId: 'a', fileName: 'a.mp3', sizeBytes: 1, durationSeconds: 1 }
  assert.deepEqual(readResult({ result: old }), { ...old, format: 'mp3', warnings: [], tracks: [] })
})
