import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderTable } from '../../src/report/table.ts'

test('a table is Markdown, with its columns under one another', () => {
  const table = renderTable(
    ['measure', 'a'],
    [
      ['add', '12345'],
      ['drain, concurrency 10', '7'],
    ],
  )
  assert.equal(
    table,
    `| measure               |     a |
| --------------------- | ----: |
| add                   | 12345 |
| drain, concurrency 10 |     7 |`,
  )
})

test('a missing cell stays empty', () => {
  assert.match(renderTable(['name', 'first', 'second'], [['x', '1']]), /\| x {4}\| {5}1 \| {8}\|$/)
})
