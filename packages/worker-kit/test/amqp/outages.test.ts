import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InternalErrors } from '../../src/amqp/outages.ts'

test('an internal error of the broker is told when it comes again, every other at once', () => {
  const internalErrors = new InternalErrors()
  const internal = Object.assign(new Error('INTERNAL_ERROR'), { code: 541 })
  assert.deepEqual(
    [internal, new Error('Unexpected close'), internal, internal].map(error => internalErrors.isTold(error)),
    [false, true, true, true],
  )
})
