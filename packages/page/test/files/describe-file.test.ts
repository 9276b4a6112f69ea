import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeJob, describeUpload, describeWarning, uploadShare } from '../../src/files/describe-file.ts'
import { keptUntil } from '../../src/files/kept-until.ts'
import type { Job } from '../../src/jobs/job.ts'
import { files as de } from '../../src/texts/de/files.ts'
import { files as en } from '../../src/texts/en/files.ts'
import type { Upload } from '../../src/uploads/upload-record.ts'

const upload: Upload = {
  record: {
    id: 'u',
    userId: 'ada',
    fileName: 'talk.mp4',
    sizeBytes: 20_000_000,
    type: 'video/mp4',
    lastModified: 1,
    options: {},
    addedAt: 0,
  },
  status: 'uploading',
  sentBytes: 9_000_000,
  bytesPerSecond: 2_000_000,
}
const job: Job = {
  id: 'v-1',
  state: 'active',
  progress: 50,
  stage: 'converting',
  fileName: 'talk.mp4',
  attemptsMade: 0,
  attempts: 10,
  createdAt: '2026-11-30T05:00:00.000Z',
}

test('an upload says how far it is, how fast, and how long it takes', () => {
  const { text, percent } = describeUpload(upload, en, 'en', String)
  assert.equal(text, 'Uploading: 45% · 9 MB of 20 MB · 2 MB/s · 6 sec left')
  assert.equal(percent, 0.45 * uploadShare)
  const german = describeUpload(upload, de, 'de', String).text.replaceAll('\u00a0', ' ')
  assert.equal(german, 'Wird hochgeladen: 45 % · 9 MB von 20 MB · 2 MB/s · noch 6 Sek.')
  const started = describeUpload({ ...upload, sentBytes: 0, bytesPerSecond: 0 }, en, 'en', String)
  assert.equal(started.text, 'Uploading: 0% · 0 bytes of 20 MB')
})

test('the bar of a file never goes back when the upload becomes a job', () => {
  const whole = describeUpload({ ...upload, sentBytes: 20_000_000 }, en, 'en', String).percent
  assert.equal(whole, uploadShare)
  assert.equal(
    describeJob({ ...job, state: 'waiting', progress: 0, stage: undefined }, en, 'en').percent,
    uploadShare,
  )
  assert.equal(describeJob(job, en, 'en').percent, uploadShare + (100 - uploadShare) / 2)
})

test('reasons and warnings are in the language of the reader; unknown ones as the service says them', () => {
  const failed: Job = {
    ...job,
    state: 'failed',
    error: 'In English.',
    explanation: { code: 'no-audio-track', params: {} },
  }
  assert.match(describeJob(failed, de, 'de').text, /keine Tonspur/)
  const later = { ...failed, explanation: { code: 'of-a-later-version', params: {} } }
  assert.equal(describeJob(later, de, 'de').text, 'In English.')
  const warning = { code: 'incomplete' as const, text: 'Cut off.' }
  assert.equal(describeWarning(warning, 'de'), 'Cut off.')
  const told = { ...warning, explanation: { code: 'cut-off', params: { gotSeconds: 5 } } }
  assert.match(describeWarning(told, 'de'), /abgeschnitten/)
})

test('every state of a job has words and, while it goes on, a bar', () => {
  for (const state of [
    'waiting',
    'active',
    'delayed',
    'completed',
    'failed',
    'canceled',
    'expired',
    'unknown',
  ] as const) {
    const { text, percent } = describeJob({ ...job, state }, en, 'en')
    assert.ok(text.length > 3, state)
    assert.equal(percent !== undefined, ['waiting', 'active', 'delayed', 'unknown'].includes(state), state)
  }
})

test('audio is kept for as long as the service says, and no longer than its guest', () => {
  const finishedAt = '2026-11-30T05:00:00.000Z'
  assert.equal(keptUntil({ finishedAt }, { audioSeconds: 3_600 })?.toISOString(), '2026-11-30T06:00:00.000Z')
  const guestUntil = '2026-11-30T05:30:00.000Z'
  assert.equal(keptUntil({ finishedAt }, { audioSeconds: 3_600, guestUntil })?.toISOString(), guestUntil)
  assert.equal(keptUntil({ finishedAt }, { audioSeconds: null }), undefined)
  assert.equal(keptUntil({ finishedAt }, { audioSeconds: undefined }), undefined)
})
