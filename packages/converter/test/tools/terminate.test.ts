import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { terminate } from '../../src/tools/terminate.ts'

/** Starts a program and waits until it has printed a line. */
async function start(script: string): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test('ends a program by SIGTERM', async () => {
  const child = await start('echo ready; exec sleep 60')
  terminate(child)
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM'])
})

test('ends a program that does not listen by SIGKILL, a second later', async () => {
  // A signal that the shell ignores stays ignored in the program that it executes.
  const child = await start(`trap '' TERM; echo ready; exec sleep 60`)
  const startedAt = performance.now()
  terminate(child)
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
  assert.ok(performance.now() - startedAt >= 990)
})

test('leaves a program alone that has ended', async () => {
  const child = await start('echo ready; exit 3')
  if (child.exitCode === null) await once(child, 'exit')
  terminate(child)
  assert.equal(child.exitCode, 3)
})
