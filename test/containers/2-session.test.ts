import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import {
  makeVideo,
  onEnd,
  probeAudio,
  temporaryFolder,
  until,
} from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'
import { linkOf, mailTo } from '../support/mail-links.ts'
import { login } from '../support/session.ts'
import {
  compose,
  countFiles,
  gatewayUrl,
  inside,
  managementUrl,
  project,
  root,
  untilReady,
} from './compose.ts'
import { visit } from './visit.ts'

test('register, log in, upload, follow, download, with curl', async t => {
  const { ada, folder } = await visit(t)
  const { id } = await ada.upload(await makeVideo(join(folder, 'song.mp4'), 5))
  const job = await ada.untilState(id, 'completed', 'failed')
  assert.equal(job.error, undefined)
  const saved = join(folder, 'song.mp3')
  await ada.ask(`/jobs/${id}/audio`, '-o', saved)
  const audio = await probeAudio(saved)
  assert.equal(audio.codec, 'mp3')
  assert.ok(Math.abs(audio.seconds - 5) < 0.2)

  await t.test('nobody else gets at it', async () => {
    const eve = await login({ gatewayUrl })
    assert.equal((await eve.ask(`/jobs/${id}`)).status, 404)
    assert.equal((await curl(`${gatewayUrl}/jobs/${id}`)).status, 401)
    assert.equal((await curl('-X', 'POST', '-u', `${ada.email}:wrong`, `${gatewayUrl}/login`)).status, 401)
  })

  await t.test('video and MP3 lie in GridFS: databases videos and mp3s, bucket fs', async () => {
    const [, videoId] = id.split('v-')
    assert.equal(await countFiles('videos', { 'metadata.jobId': id, filename: 'song.mp4' }), 1)
    assert.equal(await countFiles('mp3s', { 'metadata.jobId': id }), 1)
    assert.match(videoId ?? '', /^[\da-f]{24}$/)
  })

  await t.test('without a mail server the notifier says that it sent none', async () => {
    const line = `"conversionJobId":"${id}","msg":"no mail sent: MAIL=off"`
    await until(async () => (await compose('logs', 'notifier')).includes(line))
  })
})

test('with a mail server, an address is confirmed by a link, and a mail tells that the audio is ready', async t => {
  const withMail = ['-f', 'compose.yaml', '-f', 'test/containers/compose.mail.yaml', '-p', project]
  const up = ['up', '--detach', '--wait', '--no-build', '--no-deps']
  await compose(...withMail, ...up, 'mail', 'auth', 'notifier')
  onEnd(t, () => compose(...up, '--remove-orphans', 'auth', 'notifier'), 300_000)
  await untilReady()
  const script = 'for mail in /mail/*.eml; do cat "$mail" && echo @@@; done 2>/dev/null || true'
  const mails = async () =>
    (await compose(...withMail, 'exec', '-T', 'mail', 'sh', '-c', script)).split('@@@\n')
  const ada = await login({ gatewayUrl, mails })
  const folder = await temporaryFolder(t)
  const { id } = await ada.upload(await makeVideo(join(folder, 'told.mp4'), 1))
  await ada.untilState(id, 'completed', 'failed')
  const link = linkOf(await mailTo({ mails }, ada.email, /^Your audio is ready: told\.mp3/))
  assert.equal(new URL(link).port, gatewayUrl.split(':').at(-1))
  const saved = join(folder, 'told.mp3')
  assert.equal((await curl('-D', '-', '-o', saved, link)).status, 200)
  assert.equal((await probeAudio(saved)).codec, 'mp3')
})

test('the command in docs/compose.md lists the dead letters of failed conversions', async t => {
  const guide = await readFile(join(root, 'docs/compose.md'), 'utf8')
  const documented = /docker compose run --rm (worker-kit) dead video\.convert$/m.exec(guide)?.[1]
  assert.ok(documented, 'docs/compose.md shows no such command')
  const commandLine = async (args: string) => {
    // -T: a test has no terminal.
    const shell = ['-c', `docker compose run --rm -T ${documented} ${args}`]
    return (await promisify(execFile)('sh', shell, { cwd: root, timeout: 60_000 })).stdout
  }
  const { ada, folder } = await visit(t)
  const file = join(folder, 'no-video.mp4')
  await writeFile(file, 'this is no video')
  const { id } = await ada.upload(file)
  assert.equal((await ada.untilState(id, 'completed', 'failed')).state, 'failed')
  await until(async () => (await commandLine('dead video.convert --json')).includes(id))
  assert.match(await commandLine('queues'), /^video\.convert /m)
})

test('the management page shows both queues, to those who know the password', async () => {
  const password = await inside('rabbitmq', 'cat', '/run/secrets/rabbitmq/password')
  assert.equal((await curl(`${managementUrl}/`)).status, 200)
  const { status, body } = await curl('-u', `jackalope:${password}`, `${managementUrl}/api/queues`)
  assert.equal(status, 200)
  const names = JSON.parse(body).map(({ name }: { name: string }) => name)
  assert.ok(names.includes('bull:video.convert'), names.join())
  assert.ok(names.includes('bull:audio.ready'), names.join())
  assert.equal((await curl('-u', 'guest:guest', `${managementUrl}/api/queues`)).status, 401)
})

test('RabbitMQ runs with our limits', async () => {
  const ask = (key: string) =>
    inside('rabbitmq', 'rabbitmqctl', '--quiet', 'eval', `application:get_env(rabbit, ${key}).`)
  assert.equal(await ask('consumer_timeout'), '{ok,43200000}')
  assert.match(await ask('disk_free_limit'), /"1GiB"|1073741824/)
  const status = JSON.parse(
    await inside('rabbitmq', 'rabbitmqctl', '--quiet', 'status', '--formatter', 'json'),
  )
  assert.equal(status.vm_memory_high_watermark_limit, 600 * 1024 ** 2)
  assert.equal(status.disk_free_limit, 1024 ** 3)
  assert.deepEqual(status.alarms, [])
})
