import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import { identityOf } from '../../src/work-folder/process-identity.ts'

const modulePath = new URL('../../src/tools/end-with-us.ts', import.meta.url).pathname

/** Starts a process that starts a child, prints the child's id and exits at once. */
function startHasty(): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const program = `
    import { spawn } from 'node:child_process'
    import { endWithUs } from ${JSON.stringify(modulePath)}
    const child = spawn('sleep', ['60'], { stdio: 'ignore' })
    endWithUs(child)
    process.stdout.write(String(child.pid), () => process.exit(1))`
  const args = ['--input-type=module-typescript', '-e', program]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

test('ends a child process when this one exits in a hurry', async () => {
  const hasty = startHasty()
  const [pid] = await once(hasty.stdout, 'data')
  assert.deepEqual(await once(hasty, 'exit'), [1, null])
  await until(async () => (await identityOf(Number(pid))) === undefined)
})
