import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterAddress, isFiltered, listPath, readFilter } from '../../src/history/filter.ts'

test('a filter goes into the address and back; what is none is left out', () => {
  const filter = readFilter({ search: ' summer  2026 ', state: 'failed', page: '3' })
  assert.deepEqual(filter, { search: 'summer  2026', state: 'failed' })
  const address = filterAddress(filter)
  assert.deepEqual(readFilter(Object.fromEntries(new URL(address, 'http://a').searchParams)), filter)
  assert.deepEqual(readFilter({ state: 'nonsense' }), { search: '', state: undefined })
  assert.equal(filterAddress({ search: '' }), '/history')
  assert.ok(!isFiltered({ search: '' }))
})

test('the list is asked for as the service wants it', () => {
  assert.equal(listPath({ search: 'a b', state: 'completed' }), '/jobs?search=a+b&state=completed&limit=30')
  assert.equal(readFilter({ search: 'x'.repeat(300) }).search.length, 100)
})
