import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Series } from '../../src/comparison/run-comparison.ts'
import type { ContestantName } from '../../src/contestants.ts'
import type { MeasureName } from '../../src/measures.ts'
import { renderComparison } from '../../src/report/comparison-report.ts'

function series(
  contestant: ContestantName,
  measure: MeasureName,
  values: number[],
  payloadBytes = 200,
): Series {
  const rounds = values.map(value => ({ value, cpuMicros: { redis: 40, rabbitmq: 60 } }))
  return { contestant, measure, payloadBytes, jobs: 100, rounds }
}

/** Cells of the first row that begins with a text. */
function row(report: string, start: string): string[] {
  const line = report.split('\n').find(text => text.startsWith(`| ${start}`))
  assert.ok(line, `${start} in:\n${report}`)
  return line
    .split('|')
    .map(cell => cell.trim())
    .filter(cell => cell !== '')
}

test('shows the median of the rounds with their spread', () => {
  const report = renderComparison([series('quorum', 'drain-10', [900, 1_100, 1_000])])
  assert.deepEqual(row(report, 'drain, concurrency 10'), [
    'drain, concurrency 10 (jobs/s)',
    '1000 (900-1100)',
  ])
})

test('shows ratios to both ways of running stock BullMQ, and targets beside the durable one', () => {
  const report = renderComparison([
    series('stock', 'drain-10', [2_000, 1_000]),
    series('stock-always', 'drain-10', [1_000, 500]),
    series('quorum', 'drain-10', [900, 500]),
  ])
  const [, always = '', none = ''] = report.split(/ratio to /)
  assert.ok(always.startsWith('stock-always') && none.startsWith('stock '))
  const cells = ['drain, concurrency 10', '2.00 (2.00-2.00)', '0.95 (0.90-1.00)', '>= 1.25', '>= 1.1']
  assert.deepEqual(row(always, 'drain'), cells)
  assert.deepEqual(row(none, 'drain'), ['drain, concurrency 10', '0.50 (0.50-0.50)', '0.47 (0.45-0.50)'])
})

test('shows the CPU time of every process that took part, and all together', () => {
  const report = renderComparison([series('quorum', 'drain-10', [900])])
  assert.deepEqual(row(report.split('CPU microseconds')[1] ?? '', 'drain'), [
    'drain, concurrency 10: quorum',
    '40',
    '60',
    '100',
  ])
})

test('keeps payloads apart', () => {
  const report = renderComparison([series('stock', 'add', [10]), series('stock', 'add', [5], 10_240)])
  const [, small = '', large = ''] = report.split(/^Payload of /m)
  assert.deepEqual(row(small, 'add'), ['add, one by one (jobs/s)', '10 (10-10)'])
  assert.deepEqual(row(large, 'add'), ['add, one by one (jobs/s)', '5 (5-5)'])
})
