import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from '../../src/tools/run-program.ts'

const shell = (script: string, options = {}) => runProgram('/bin/sh', ['-c', script], options)

test('gives output and exit code', async () => {
  const { exitCode, signal, stdout, stderr } = await shell('echo out; echo err >&2; exit 3')
  assert.deepEqual(
    { exitCode, signal, stdout, stderr },
    { exitCode: 3, signal: null, stdout: 'out\n', stderr: 'err\n' },
  )
})

test('keeps the beginning of an endless output', async () => {
  const { stdout } = await shell('seq 1 100000', { maxOutputLength: 10 })
  assert.equal(stdout, '1\n2\n3\n4\n5\n')
})

test('rejects if there is no such program', async () => {
  await assert.rejects(runProgram('/no/such/ffprobe', []), { code: 'ERR_TOOL_UNUSABLE' })
})

test('ends the program when its signal is aborted, with the reason of that', async () => {
  const reason = new Error('canceled')
  const abort = new AbortController()
  const run = shell('exec sleep 60', { signal: abort.signal })
  abort.abort(reason)
  await assert.rejects(run, error => error === reason)
})
