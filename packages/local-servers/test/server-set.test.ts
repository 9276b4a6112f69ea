import assert from 'node:assert/strict'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { isServerRunning, startServerSet, stopServerSet } from '../src/index.ts'
import { onEnd, temporaryFolder } from '../src/testing/index.ts'

const given = {
  AMQP_URL: 'amqp://elsewhere',
  MYSQL_URL: 'mysql://elsewhere',
  MONGODB_URL: 'mongodb://elsewhere',
}

test('starts the servers whose address is not given, and stops them', async t => {
  const dir = await temporaryFolder(t)
  const ready: string[] = []
  const set = await startServerSet({ dir, given, onReady: ({ name }) => ready.push(name) })
  onEnd(t, () => set.stop())
  assert.deepEqual(ready.toSorted(), ['redis', 'smtp-catcher'])
  assert.equal(set.addresses.AMQP_URL, given.AMQP_URL)
  assert.match(set.addresses.REDIS_URL, /^redis:\/\/:\w+@127\.0\.0\.1:\d+$/)
  assert.match(set.addresses.SMTP_URL ?? '', /^smtp:\/\/127\.0\.0\.1:\d+$/)
  await access(set.mailDir ?? '')
  assert.equal(await isServerRunning(join(dir, 'redis')), true)
  await stopServerSet(dir)
  assert.equal(await isServerRunning(join(dir, 'redis')), false)
  assert.equal(await isServerRunning(join(dir, 'smtp-catcher')), false)
})

test('stops the others when one server fails to start', async t => {
  const dir = await temporaryFolder(t)
  const toolchainDir = join(dir, 'empty')
  const set = startServerSet({ dir, given: { ...given, MONGODB_URL: '' }, toolchainDir })
  await assert.rejects(set, { code: 'ERR_PROGRAM_MISSING' })
  assert.equal(await isServerRunning(join(dir, 'redis')), false)
  assert.equal(await isServerRunning(join(dir, 'smtp-catcher')), false)
})
