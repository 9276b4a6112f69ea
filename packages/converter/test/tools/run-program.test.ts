import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEnd, until } from '@jackalope/local-servers/testing'
import { runProgram } from '../../src/tools/run-program.ts'
import { identityOf } from '../../src/work-folder/process-identity.ts'

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

test('ends what a program leaves behind, and waits for nothing that has got away', {
  skip: process.platform !== 'linux',
}, async t => {
  const { stdout } = await shell(
    'sleep 60 & echo $!; echo $(setsid sh -c "sleep 60 >&2 & echo \\$!"); echo last',
  )
  const [inGroup, away, last] = stdout.split('\n')
  onEnd(t, async () => void process.kill(Number(away), 'SIGKILL'))
  assert.equal(last, 'last')
  await until(async () => (await identityOf(Number(inGroup))) === undefined)
  assert.ok(await identityOf(Number(away)))
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
