import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messageIdOf } from '../../src/mail/outgoing-mail.ts'

describe('messageIdOf', () => {
  it('is the same for every attempt, and another for another job', () => {
    const ids = ['v-1', 'v-1', 'v-2'].map(jobId => messageIdOf(jobId, 'noreply@Example.com'))
    assert.deepEqual(ids, [
      '<audio-ready.v-1@example.com>',
      '<audio-ready.v-1@example.com>',
      '<audio-ready.v-2@example.com>',
    ])
  })

  it('keeps characters out that have no place in a header', () => {
    for (const jobId of ['a>\r\nBcc: eve@example.com', 'ü', 'x'.repeat(500), ''])
      assert.match(messageIdOf(jobId, 'noreply@example.com'), /^<audio-ready\.[0-9a-f]{64}@example\.com>$/)
  })
})
