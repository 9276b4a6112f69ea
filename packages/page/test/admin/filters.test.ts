import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOfPeriod } from '../../src/admin/failure-period.ts'
import { filterOf, logPath, viewPath } from '../../src/admin/log-filter.ts'
import { sumQueues } from '../../src/admin/sum-queues.ts'
import { deliveriesPath } from '../../src/settings/deliveries-path.ts'

test('filters of the audit log stand in the address of the view, and go to the API as it takes them', () => {
  const filter = filterOf({
    action: 'logged-in',
    userId: ' 0b0e ',
    clientAddress: '',
    from: '2026-11-30T08:00',
    page: '2',
  })
  assert.deepEqual(filter, { action: 'logged-in', userId: '0b0e', from: '2026-11-30T08:00' })
  assert.equal(viewPath(filter), '/admin/log?action=logged-in&userId=0b0e&from=2026-11-30T08%3A00')
  const path = new URL(logPath(filter), 'http://localhost')
  assert.equal(path.searchParams.get('from'), new Date('2026-11-30T08:00').toISOString())
  assert.equal(viewPath({}), '/admin/log')
})

test('a time that is none filters nothing', () => {
  assert.equal(logPath({ to: 'yesterday' }), '/admin/audit?limit=50')
})

test('deliveries are filtered by what was chosen alone', () => {
  const none = deliveriesPath('id', { state: '', type: '' })
  assert.equal(none, '/account/webhooks/id/deliveries?limit=25')
  assert.match(
    deliveriesPath('id', { state: 'failed', type: 'webhook.test' }),
    /&state=failed&type=webhook\.test$/,
  )
})

test('periods of failures begin with a day in UTC', () => {
  const now = new Date('2026-11-30T23:59:00Z')
  assert.equal(startOfPeriod(now, 1), '2026-11-30T00:00:00.000Z')
  assert.equal(startOfPeriod(now, 7), '2026-11-24T00:00:00.000Z')
})

test('queues that could not be read count as nothing', () => {
  const jobs = { waiting: 1, prioritized: 2, active: 3, delayed: 4, completed: 5, failed: 6 }
  assert.deepEqual(sumQueues([{ jobs, deadLetters: 7 }, {}]), { waiting: 3, running: 3, deadLetters: 7 })
})
