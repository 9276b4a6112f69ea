import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addUp, firstDay } from '../../src/admin/storage/list-failures.ts'
import { cutPage } from '../../src/admin/storage/list-usage.ts'

const now = Date.parse('2026-11-30T05:00:00Z')
const example = (jobId: string) => ({
  jobId,
  ownerId: 'ada',
  fileName: 'a.mp4',
  error: 'The file is empty.',
  finishedAt: '2026-11-29T00:00:00.000Z',
})

test('failures are shown from a day on that is counted', () => {
  assert.equal(firstDay(undefined, now), '2026-11-23')
  assert.equal(firstDay(new Date('2026-11-29T23:00:00Z'), now), '2026-11-29')
  assert.equal(firstDay(new Date(0), now), '2026-10-31')
  assert.equal(firstDay(new Date('2030-01-01'), now), '2026-11-30')
})

test('the reasons of several days are put together, the most frequent first, with the newest examples', () => {
  const of = (code: string, count: number, lastAt: string, ids: string[]) => ({
    code,
    count,
    lastAt,
    examples: ids.map(example),
  })
  const reasons = addUp([
    { day: '2026-11-28', reasons: [of('file-empty', 7, '2026-11-28T01:00:00.000Z', ['1', '2', '3'])] },
    {
      day: '2026-11-29',
      reasons: [
        of('file-empty', 3, '2026-11-29T01:00:00.000Z', ['4', '5', '6']),
        of('no-audio-track', 11, '2026-11-29T02:00:00.000Z', ['7']),
      ],
    },
  ])
  assert.deepEqual(
    reasons.map(({ code, count, lastAt, examples }) => [
      code,
      count,
      lastAt,
      examples.map(each => each.jobId),
    ]),
    [
      ['no-audio-track', 11, '2026-11-29T02:00:00.000Z', ['7']],
      ['file-empty', 10, '2026-11-29T01:00:00.000Z', ['4', '5', '6', '1', '2']],
    ],
  )
})

test('pages of the largest users follow one another, also when the order has changed meanwhile', () => {
  const largest = [
    ['a', 9],
    ['b', 5],
    ['c', 5],
    ['d', 1],
  ] as const
  const first = cutPage(largest, 2)
  assert.deepEqual(first, {
    page: [
      ['a', 9],
      ['b', 5],
    ],
    next: '5-b',
  })
  assert.deepEqual(cutPage(largest, 2, first.next), {
    page: [
      ['c', 5],
      ['d', 1],
    ],
  })
  assert.deepEqual(
    cutPage(
      [
        ['b', 7],
        ['c', 5],
        ['d', 1],
      ],
      1,
      '5-b',
    ),
    { page: [['c', 5]], next: '5-c' },
  )
  assert.deepEqual(cutPage([], 2, '5-b'), { page: [] })
})
