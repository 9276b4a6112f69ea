import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queueKeys } from '../src/redis/queue-keys.ts'
import { reservedIds } from '../src/reserved-ids.ts'

test('no job may have the name of a key of its queue as its id', () => {
  const names = Object.keys(queueKeys('bull', 'jobs')).filter(name => name !== '')
  assert.deepEqual([...reservedIds].sort(), names.sort())
})
