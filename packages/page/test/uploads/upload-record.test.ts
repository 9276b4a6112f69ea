import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeMetadata } from '../../src/uploads/create-upload.ts'
import { isFileOf, jobIdOfUpload, type UploadRecord } from '../../src/uploads/upload-record.ts'

const record: UploadRecord = {
  id: 'u',
  userId: 'ada',
  fileName: 'talk.mp4',
  sizeBytes: 10,
  type: 'video/mp4',
  lastModified: 1,
  options: {},
  addedAt: 0,
  path: '/uploads/665f1f77bcf86cd799439011',
}

test('the same file is told by name, size and time', () => {
  assert.ok(isFileOf(record, { name: 'talk.mp4', size: 10, lastModified: 1 }))
  assert.ok(!isFileOf(record, { name: 'talk.mp4', size: 10, lastModified: 2 }))
  assert.ok(!isFileOf(record, { name: 'talk.mp4', size: 11, lastModified: 1 }))
})

test('the job of an upload is known before it is there, and not of another address', () => {
  assert.equal(jobIdOfUpload(record), 'v-665f1f77bcf86cd799439011')
  assert.equal(jobIdOfUpload({ ...record, path: '/uploads/../jobs' }), undefined)
  assert.equal(jobIdOfUpload({ ...record, path: undefined }), undefined)
})

test('metadata of tus hold any name', () => {
  const sent = encodeMetadata({ filename: 'Über 🐇.mp4', format: 'opus' })
  assert.equal(sent, `filename ${Buffer.from('Über 🐇.mp4').toString('base64')},format b3B1cw==`)
})
