import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headersToSend } from '../../src/amqp/message.ts'

test('a job is sent with its own stamp, and nothing that a tool added to the headers of the one before', () => {
  const first = headersToSend({ 'x-stamp': '1' })
  assert.deepEqual(first, { 'x-stamp': '1' })
  assert.equal(headersToSend({ 'x-stamp': '2' }), first)
  Object.assign(first ?? {}, { baggage: 'user=7' })
  assert.deepEqual(headersToSend({ 'x-stamp': '3' }), { 'x-stamp': '3' })
})

test('other headers are sent as they are', () => {
  for (const headers of [undefined, {}, { 'x-dead-stamp': '1' }, { 'x-stamp': '1', 'x-parked': true }])
    assert.equal(headersToSend(headers), headers)
})
