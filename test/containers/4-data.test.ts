import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { makeVideo, probeAudio } from '../../packages/local-servers/src/testing/index.ts'
import type { Session } from '../support/session.ts'
import { allSecrets, compose, root, untilReady } from './compose.ts'
import { visit } from './visit.ts'

const run = promisify(execFile)
const up = ['up', '--detach', '--no-build', '--pull', 'never']

test('docker compose down and up keep users, tokens, jobs, files and secrets', async t => {
  const { ada, id, folder } = await setup(t)
  const secrets = await allSecrets()
  await compose('down')
  assert.equal(await compose('ps', '--all', '--quiet'), '')
  await compose(...up)
  await untilReady()
  assert.deepEqual(await allSecrets(), secrets)
  await expectKept(ada, id, folder)
})

test('docker/volumes.sh saves all of it, and brings it back after everything was erased', async t => {
  const { ada, id, folder } = await setup(t)
  const volumes = (action: string) =>
    run('docker/volumes.sh', [action, join(folder, 'backup')], { cwd: root })
  await assert.rejects(volumes('save'), /the system is running/)
  await compose('stop')
  await volumes('save')
  await compose('down', '--volumes')
  await volumes('restore')
  await compose(...up)
  await untilReady()
  await expectKept(ada, id, folder)
})

/** A user with a completed job. */
async function setup(t: TestContext) {
  const { ada, folder } = await visit(t)
  const { id } = await ada.upload(await makeVideo(join(folder, 'kept.mp4'), 3))
  await ada.untilState(id, 'completed', 'failed')
  return { ada, id, folder }
}

async function expectKept(ada: Session, id: string, folder: string): Promise<void> {
  // With the old token.
  assert.equal((await ada.job(id)).state, 'completed')
  const saved = join(folder, 'kept.mp3')
  await ada.ask(`/jobs/${id}/audio`, '-o', saved)
  assert.equal((await probeAudio(saved)).codec, 'mp3')
  // A new job needs all servers.
  const again = await ada.upload(join(folder, 'kept.mp4'))
  assert.equal((await ada.untilState(again.id, 'completed', 'failed')).state, 'completed')
}
