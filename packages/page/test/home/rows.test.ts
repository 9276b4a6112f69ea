import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMedia, mediaOf } from '../../src/home/read-drop.ts'
import { listFiles, totalsOf } from '../../src/home/rows.ts'
import type { Job } from '../../src/jobs/job.ts'
import type { Upload } from '../../src/uploads/upload-record.ts'

function job(number: number, state: Job['state'] = 'completed'): Job {
  const id = `v-${String(number).padStart(24, '0')}`
  const createdAt = new Date(number * 1_000).toISOString()
  return { id, state, progress: 0, fileName: 'a.mp4', attemptsMade: 0, attempts: 10, createdAt }
}
function upload(id: string, addedAt: number, path?: string): Upload {
  const record = {
    id,
    userId: 'u',
    fileName: 'a',
    sizeBytes: 1,
    type: '',
    lastModified: 0,
    options: {},
    addedAt,
    path,
  }
  return { record, status: 'uploading', sentBytes: 0, bytesPerSecond: 0 }
}

test('an upload whose job is there is shown once, under the same key', () => {
  const done = job(5, 'waiting')
  const known = new Map([[done.id, 'mine']])
  const entries = listFiles([upload('mine', 4_000, `/uploads/${done.id.slice(2)}`)], [done], known)
  assert.deepEqual(
    entries.map(({ key, job }) => [key, job?.id]),
    [['mine', done.id]],
  )
})

test('the newest files come first; what has ended long ago is left to the history', () => {
  const old = job(1, 'waiting')
  const jobs = [old, ...Array.from({ length: 30 }, (_, at) => job(at + 2))]
  const entries = listFiles([upload('new', 99_000)], jobs, new Map())
  assert.equal(entries[0]?.key, 'new')
  assert.equal(entries.length, 21)
  assert.equal(entries.at(-1)?.job?.id, old.id)
})

test('the totals count what runs, and what has run since the page was opened', () => {
  const running = job(1, 'active')
  const entries = listFiles([upload('up', 5_000)], [running, job(2), job(3)], new Map())
  const totals = totalsOf(entries, new Set([running.id, job(2).id, 'up']), () => 50)
  assert.deepEqual(totals, { running: 2, done: 1, all: 3, percent: 200 / 3 })
  assert.equal(totalsOf([], new Set(), () => 0).percent, 0)
})

test('of a folder the media are taken, by type or by name', () => {
  const files = [
    { name: 'a.MKV', type: '' },
    { name: 'b', type: 'audio/x-thing' },
    { name: 'notes.txt', type: 'text/plain' },
    { name: '.hidden.mp4', type: 'video/mp4' },
  ] as File[]
  assert.deepEqual(
    mediaOf(files).map(({ name }) => name),
    ['a.MKV', 'b'],
  )
  assert.ok(!isMedia({ name: 'photo.jpg', type: 'image/jpeg' }))
})
