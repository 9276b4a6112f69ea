import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRange } from '../../src/files/parse-range.ts'

const cases: Array<[header: string, range: ReturnType<typeof parseRange>]> = [
  ['', undefined],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=0-99', { start: 0, end: 99 }],
  ['Bytes= 10-19 ', { start: 10, end: 19 }],
  ['bytes=90-', { start: 90, end: 99 }],
  ['bytes=90-1000', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=99999999999999999999-', 'unsatisfiable'],
  ['bytes=20-10', undefined],
  ['bytes=-', undefined],
  ['bytes=a-b', undefined],
  ['bytes=0x1-5', undefined],
  ['items=0-5', undefined],
  ['bytes=0-1,5-6', undefined],
]

for (const [header, range] of cases)
  test(`reads "${header}" of 100 bytes as ${JSON.stringify(range)}`, () =>
    assert.deepEqual(parseRange(header, 100), range))

test('no range of an empty file can be satisfied', () => {
  assert.equal(parseRange('bytes=0-', 0), 'unsatisfiable')
  assert.equal(parseRange('bytes=-5', 0), 'unsatisfiable')
})
