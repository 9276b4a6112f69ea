import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StatedDeadLetter, selectorOf } from '../../src/dead-letters/dead-letter-selection.ts'

const letterOf = (id: string, at = 0, status = 'failed') =>
  ({ letter: { kind: 'job', id, failure: { at: new Date(at) } }, state: { status } }) as StatedDeadLetter

test('letters are selected by id, by their time, or by what became of their job', () => {
  const letters = [letterOf('a', 1), letterOf('b', 2, 'replayed'), letterOf('c', 3)]
  const selected = (selection: Parameters<typeof selectorOf>[0]) =>
    letters.filter(selectorOf(selection)).map(({ letter }) => letter.id)
  assert.deepEqual(selected('all'), ['a', 'b', 'c'])
  assert.deepEqual(selected({ ids: ['c', 'none', 'a'] }), ['a', 'c'])
  assert.deepEqual(selected({ before: new Date(2) }), ['a'])
  assert.deepEqual(selected({ replayed: true }), ['b'])
})

test('many letters are selected by many ids in time in proportion to both', () => {
  const ids = Array.from({ length: 50_000 }, (_, i) => `selected-${i}`)
  const letters = Array.from({ length: 50_000 }, (_, i) => letterOf(`other-${i}`))
  const before = process.cpuUsage()
  assert.deepEqual(letters.filter(selectorOf({ ids })), [])
  assert.ok(process.cpuUsage(before).user < 1_000_000)
})
