import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { onEnd, temporaryFolder } from '@jackalope/local-servers/testing'

test('a process whose parent goes in the middle of a call ends without a word', async t => {
  const file = join(await temporaryFolder(t), 'go-on')
  const role = fork(join(import.meta.dirname, 'busy-role.ts'), {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onEnd(t, () => role.kill('SIGKILL'))
  const errors = text(role.stderr as NodeJS.ReadableStream)
  const ended = once(role, 'exit')
  role.send({ id: 1, name: 'beBusyUntil', args: [file] })
  await once(role.stdout as NodeJS.ReadableStream, 'data')
  role.disconnect()
  await once(role, 'disconnect')
  await writeFile(file, '')
  assert.deepEqual(await ended, [0, null])
  assert.equal(await errors, '')
})
