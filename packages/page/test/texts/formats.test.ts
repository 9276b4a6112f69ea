import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatBytes, formatMs, formatSpan } from '../../src/texts/format-amounts.ts'
import { formatWhen } from '../../src/texts/format-when.ts'
import { localeOf } from '../../src/texts/locale-of.ts'

const now = new Date('2026-11-30T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const minute = 60_000
const hour = 60 * minute

test('near times are told from now, either way', () => {
  assert.equal(formatWhen(ago(10_000), now, 'en'), 'now')
  assert.equal(formatWhen(ago(50_000), now, 'en'), '1 minute ago')
  assert.equal(formatWhen(ago(5 * minute), now, 'de'), 'vor 5 Minuten')
  assert.equal(formatWhen(ago(23 * hour), now, 'en'), 'yesterday')
  assert.equal(formatWhen(ago(-3 * 24 * hour), now, 'en'), 'in 3 days')
})

test('far times are told with their date', () => {
  assert.match(formatWhen(ago(30 * 24 * hour), now, 'en'), /Oct 31, 2026/)
})

test('sizes and spans are told in the unit that people use for them', () => {
  assert.equal(formatBytes(0, 'en'), '0 bytes')
  assert.equal(formatBytes(999, 'en'), '999 bytes')
  assert.equal(formatBytes(1_000, 'en'), '1 kB')
  assert.equal(formatBytes(1_550_000_000, 'de').replaceAll('\u00a0', ' '), '1,6 GB')
  assert.equal(formatBytes(5e15, 'en'), '5,000 TB')
  assert.equal(formatSpan(604_800, 'en'), '7 days')
  assert.equal(formatSpan(3_600, 'de'), '1 Stunde')
  assert.equal(formatSpan(5_400, 'en'), '90 minutes')
  assert.equal(formatMs(2_450, 'en'), '2.5 sec')
})

test('numbers and times are written as in the region of the reader, if it speaks the language of the page', () => {
  assert.equal(localeOf('en', ['de-AT', 'en-GB', 'en']), 'en-GB')
  assert.equal(localeOf('de', ['en-GB']), 'de')
})
