import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import { operatedQueueNames, type QueueList } from '../../packages/contracts/src/index.ts'
import {
  makeVideo,
  onEnd,
  runToEnd,
  temporaryFolder,
  until,
} from '../../packages/local-servers/src/testing/index.ts'
import { login, loginAs, password } from '../support/session.ts'
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

  // An operator looks at all queues, and has the dead job run again.
  const granted = await runToEnd(
    process.execPath,
    [join(import.meta.dirname, '../../packages/auth/src/grant-admin.ts'), ada.email],
    { env: { MYSQL_URL: system.databaseUrl } },
  )
  assert.equal(granted.exitCode, 0, granted.stderr)
  const admin = await loginAs(ada.email, system.gatewayUrl)
  const { queues }: QueueList = JSON.parse((await admin.ask('/admin/queues')).body)
  assert.deepEqual(
    queues.map(({ name, unreadable }) => [name, unreadable]),
    operatedQueueNames.map(name => [name, []]),
  )
  for (const name of operatedQueueNames) {
    const dead = await admin.ask(`/admin/dead-letters?queue=${name}`)
    assert.deepEqual([name, dead.status], [name, 200], dead.body)
  }
  const letter = `/admin/dead-letters/video.convert/${failed.id}`
  const replayed = await admin.ask(`${letter}/replay`, '-X', 'POST')
  assert.equal(replayed.status, 200, replayed.body)
  await until(async () => (await admin.ask(letter)).status === 200, 60_000)
  assert.equal((await admin.ask(letter, '-X', 'DELETE')).status, 204)
  for (const path of ['/admin/storage', '/admin/failures', '/admin/usage'])
    await admin.ask(path).then(({ status, body }) => assert.equal(status, 200, body))
  assert.equal((await admin.ask('/admin/storage/upkeep', '-X', 'POST')).status, 202)

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
