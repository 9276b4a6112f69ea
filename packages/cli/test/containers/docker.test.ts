import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findProgram } from '@jackalope/local-servers'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { CliError } from '../../src/cli-error.ts'
import { createDocker, type Docker } from '../../src/containers/docker.ts'
import { requireEngine } from '../../src/containers/require-engine.ts'

async function setup(t: TestContext, env: Record<string, string>): Promise<Docker> {
  const dir = await temporaryFolder(t)
  return createDocker({ cwd: dir, env, logFile: join(dir, 'docker.log') })
}

async function failureOf(docker: Docker): Promise<string> {
  const error = await requireEngine(docker).then(
    () => assert.fail('an engine answered'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof CliError)
  assert.doesNotMatch(error.message, /\n/)
  return error.message
}

test('says in one line that Docker is not installed', async t => {
  const docker = await setup(t, { PATH: await temporaryFolder(t) })
  assert.match(await failureOf(docker), /^Docker is not installed/)
})

test('says in one line that no engine answers, and how to name one', {
  skip: !findProgram('docker') && 'there is no program docker',
}, async t => {
  const socket = join(await temporaryFolder(t), 'none.sock')
  const docker = await setup(t, { PATH: process.env.PATH ?? '', DOCKER_HOST: `unix://${socket}` })
  assert.match(await failureOf(docker), /^no Docker engine answers \(.*none\.sock.*DOCKER_HOST$/)
})

test('a long step that fails shows the end of its output', async t => {
  const docker = await setup(t, { PATH: process.env.PATH ?? '' })
  const fails = docker.stepOf('sh', 'Counting', ['-c', 'seq 100; exit 3'])
  await assert.rejects(fails, (error: Error) => {
    assert.match(error.message, /^Counting failed \(exit code 3\)/)
    assert.deepEqual(error.message.match(/\b\d+$/gm)?.length, 15)
    assert.match(error.message, /100$/)
    return true
  })
})

test('a long step ends when it is aborted', async t => {
  const docker = await setup(t, { PATH: process.env.PATH ?? '' })
  const controller = new AbortController()
  const step = docker.stepOf('sleep', 'Sleeping', ['60'], controller.signal)
  controller.abort(new Error('enough'))
  await assert.rejects(step, /enough/)
})
