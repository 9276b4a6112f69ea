import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventWindow } from '../../src/events/event-window.ts'
import type { JobEvent } from '../../src/events/job-event.ts'

const event = (id: string): JobEvent => ({ id, jobId: 'v-1', type: 'deleted', data: { id: 'v-1' } })
const idsAfter = (window: EventWindow, id: string) => window.after(id)?.map(each => each.id)

test('gives the events after an id, by time and number', () => {
  const window = new EventWindow('5-0', 100)
  window.add(['9-0', '10-0', '10-1', '10-10'].map(event), '11-0')
  assert.deepEqual(idsAfter(window, '5-0'), ['9-0', '10-0', '10-1', '10-10'])
  assert.deepEqual(idsAfter(window, '10-0'), ['10-1', '10-10'])
  assert.deepEqual(idsAfter(window, '10-2'), ['10-10'])
  assert.deepEqual(idsAfter(window, '11-0'), [])
  assert.equal(window.lastId, '11-0')
})

test('gives nothing when events may be missing, or the id is of no stream', () => {
  const window = new EventWindow('5-0', 100)
  for (const id of ['4-9', '12-0', '', 'x', '5', '-', '9'.repeat(99)])
    assert.equal(window.after(id), undefined, id)
})

test('keeps a bounded number of events', () => {
  const window = new EventWindow('0-0', 100)
  for (let n = 1; n <= 1_000; n++) window.add([event(`${n}-0`)], `${n}-0`)
  assert.equal(window.after('0-0'), undefined)
  assert.equal(window.after('800-0'), undefined)
  assert.equal(window.after('950-0')?.length, 50)
})
