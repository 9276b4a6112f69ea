import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import test from 'node:test'
import { identify, identifyNewChild, isRunning } from '../../src/process/identity.ts'

test('a child that ended at once has an identity, and does not run', async () => {
  const child = spawn('true')
  const pid = child.pid as number
  const identity = identifyNewChild(pid)
  assert.ok(identity)
  // Within one turn of the event loop Node does not reap the child, which stays a zombie.
  while (identify(pid));
  assert.deepEqual(identifyNewChild(pid), identity)
  assert.equal(isRunning(identity), false)
  await once(child, 'exit')
})

test('our own process runs, and another one that once had its pid does not', () => {
  const own = identify(process.pid)
  assert.ok(own)
  assert.equal(isRunning(own), true)
  assert.equal(isRunning({ ...own, startedAt: 'another time' }), false)
})
