import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from '../../src/amqp/message.ts'

test('a job is named by the id of its message, or by a header of ours when that is too long', () => {
  const of = (messageId: string | undefined, headers?: Record<string, unknown>) =>
    idOf({ properties: { messageId, headers } })
  assert.equal(of('a', { 'x-stamp': '1' }), 'a')
  assert.equal(of(undefined, { 'x-stamp': '1', 'x-job-id': 'long' }), 'long')
  assert.equal(of(undefined, { 'x-dead-stamp': '1', 'x-job-id': 'long' }), 'long')
  // Of another producer, to whom the header means something else.
  assert.equal(of('a', { 'x-job-id': 7 }), 'a')
  assert.equal(of(undefined, { 'x-job-id': 7 }), undefined)
  assert.equal(of(undefined), undefined)
})
