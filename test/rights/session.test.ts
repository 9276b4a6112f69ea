import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import { makeVideo, onEnd, temporaryFolder, until } from '../../packages/local-servers/src/testing/index.ts'
import { login, password } from '../support/session.ts'
import { startTestSystem, testedStores } from '../support/system.ts'

test('with their own rights the services do all of their work, and try nothing else', async t => {
  const system = await startTestSystem(t, testedStores[0] ?? 'disk')
  const folder = await temporaryFolder(t)
  const ada = await login(system)

  const song = await makeVideo(join(folder, 'song.mp4'), 2)
  const { id } = await ada.upload(song)
  assert.equal((await ada.untilState(id, 'completed', 'failed')).state, 'completed')
  assert.equal((await ada.ask(`/jobs/${id}/audio`, '-I')).status, 200)
  // The gateway copies audio, and deletes the copy with its job.
  const again = await ada.upload(song)
  assert.equal(again.state, 'completed')
  await ada.ask(`/jobs/${again.id}`, '-X', 'DELETE')

  const broken = join(folder, 'no-video.mp4')
  await writeFile(broken, 'this is no video')
  const failed = await ada.upload(broken)
  assert.equal((await ada.untilState(failed.id, 'completed', 'failed')).state, 'failed')
  await until(async () => (await system.mails()).some(mail => mail.includes('no-video')), 60_000)

  // Auth adds account.erase, which the gateway works on.
  const json = ['-H', 'Content-Type: application/json']
  const goodbye = ['-X', 'DELETE', ...json, '-d', JSON.stringify({ password })]
  const deleted = await ada.ask('/account', ...goodbye)
  assert.ok(deleted.status < 300, deleted.body)
  await until(async () => (await system.mails()).some(mail => /^Subject:.*deleted/im.test(mail)), 60_000)

  await t.test('Redis refused nothing', async () => {
    const redis = new Redis(system.urls.redis, { commandTimeout: 10_000 })
    onEnd(t, () => redis.disconnect())
    assert.deepEqual(await redis.call('ACL', 'LOG'), [])
  })

  await t.test('RabbitMQ refused nothing', async () => {
    assert.doesNotMatch(await readFile(system.logs.rabbitmq, 'utf8'), /access_refused|ACCESS_REFUSED/)
  })
})
