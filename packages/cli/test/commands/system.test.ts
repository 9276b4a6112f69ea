import assert from 'node:assert/strict'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { findProgram } from '@jackalope/local-servers'
import { makeLongVideo, makeVideo, probeAudio } from '@jackalope/local-servers/testing'
import { cloneSystem } from '../support/system-clone.ts'

test('up leaves the system running, demo uses it, down stops it and keeps the data', async t => {
  const { root, run, alive } = await cloneSystem(t)
  const video = join(root, 'it\'s a "holiday" 名.mkv')
  await makeVideo(video, 3)

  const up = await run('up')
  assert.equal(up.exitCode, 0, up.stderr)
  const [gateway = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(up.stdout) ?? []
  assert.equal((await fetch(`${gateway}/readyz`)).status, 200)
  const processes = await alive()

  await t.test('up again changes nothing', async () => {
    assert.equal((await run('up')).exitCode, 0)
    assert.deepEqual(await alive(), processes)
  })

  await t.test('demo puts the MP3 beside the video and leaves the system alone', async () => {
    const { exitCode, stdout, stderr } = await run('demo', video)
    assert.equal(exitCode, 0, stderr)
    const file = video.replace(/mkv$/, 'mp3')
    assert.ok(stdout.includes(`The MP3: ${file}\n`), stdout)
    assert.ok(Math.abs((await probeAudio(file)).seconds - 3) < 0.2)
    const [, mail = ''] = /The mail: (.*\.eml)\n/.exec(stdout) ?? []
    assert.match(await readFile(mail, 'utf8'), /^To: demo-\w+@example\.com/m)
    assert.deepEqual(await alive(), processes)
  })

  await t.test('demo shows why a conversion failed, and ends with exit code 1', async () => {
    const text = join(root, 'no video.mp4')
    await writeFile(text, 'just text')
    const { exitCode, stderr } = await run('demo', text)
    assert.equal(exitCode, 1)
    assert.match(stderr, /^jackalope: the conversion failed: .+\n$/)
  })

  await t.test(
    'the queues of the running system: what failed is a dead letter, and is run again',
    async () => {
      const queues = await run('queues', '--json')
      assert.equal(queues.exitCode, 0, queues.stderr)
      const names = JSON.parse(queues.stdout).items.map(({ name }: { name: string }) => name)
      for (const name of ['account.mail', 'audio.ready', 'conversion.failed', 'video.convert'])
        assert.ok(names.includes(name), names.join())

      const letters = async () => JSON.parse((await run('dead', 'video.convert', '--json')).stdout).items
      const [letter, ...others] = await letters()
      assert.deepEqual(others, [])
      assert.equal((await run('replay', 'video.convert', letter.id)).exitCode, 0)
      // The dead letter is removed. The job fails again, which makes a new one.
      const isAnother = async () => {
        const [again] = await letters()
        assert.equal(again?.id, letter.id)
        assert.notEqual(again.stamp, letter.stamp)
      }
      await t.waitFor(isAnother, { timeout: 60_000, interval: 500 })
    },
  )

  await t.test(
    'admin makes no admin of somebody who is not registered, or has not confirmed the address',
    async () => {
      const email = 'grace@example.com'
      const unknown = await run('admin', email)
      assert.equal(unknown.exitCode, 1)
      assert.match(unknown.stderr, /Nobody has registered grace@example\.com/)
      const registered = await fetch(`${gateway}/register`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email, password: 'Correct-horse-9' }),
      })
      assert.equal(registered.status, 201)
      const admin = await run('admin', email)
      assert.equal(admin.exitCode, 1)
      assert.match(admin.stderr, /grace@example\.com has not been confirmed/)
    },
  )

  await t.test('the arguments of a queue command are checked by worker-kit', async () => {
    assert.deepEqual(await run('dead'), {
      exitCode: 2,
      stdout: '',
      stderr: 'worker-kit: dead: the queue is missing\n',
    })
  })

  await t.test('down stops everything and keeps the data', async () => {
    assert.equal((await run('down')).exitCode, 0)
    assert.deepEqual(await alive(), [])
    await access(join(root, '.jackalope/servers/mariadb/data'))
  })

  await t.test('without a system, a queue command says how to get one, and helps all the same', async () => {
    const { exitCode, stderr } = await run('queues')
    assert.equal(exitCode, 1)
    assert.match(
      stderr,
      /^jackalope: queues: nothing is running: \.\/jackalope up starts it; or give AMQP_URL /,
    )
    assert.match((await run('queues', '--help')).stdout, /replay QUEUE ID/)
    const admin = await run('admin', 'grace@example.com')
    assert.equal(admin.exitCode, 1)
    assert.match(admin.stderr, /^jackalope: admin: nothing is running: /)
  })

  await t.test('down --erase deletes the data', async () => {
    assert.equal((await run('down', '--erase')).exitCode, 0)
    await assert.rejects(access(join(root, '.jackalope/servers')))
  })
})

test('demo leaves nothing running, however it ends, also where no MongoDB can be had', async t => {
  const { root, start, run, alive } = await cloneSystem(t, { mongodb: findProgram('mongod') !== undefined })
  // Long enough for a signal during the conversion.
  const long = await makeLongVideo(join(root, 'long.mkv'), 15)

  await t.test('by SIGTERM: stops what it started and says so', async () => {
    const demo = start('demo', long)
    await demo.shown('Uploaded')
    // Four services, RabbitMQ with its epmd, Redis, MariaDB and the mail catcher.
    assert.ok((await alive()).length >= 9)
    demo.process.kill('SIGTERM')
    const { exitCode, stdout, stderr } = await demo.outcome
    assert.equal(exitCode, 143, stderr)
    assert.match(stdout, /Nothing runs any more/)
    if (!findProgram('mongod')) assert.match(stdout, /There is no MongoDB, so files are kept on disk: /)
    assert.equal(stderr, 'jackalope: ended by SIGTERM\n')
    assert.deepEqual(await alive(), [])
  })

  await t.test('by SIGKILL: the processes end with it', async () => {
    const demo = start('demo', long)
    await demo.shown('Uploaded')
    demo.process.kill('SIGKILL')
    await t.waitFor(async () => assert.deepEqual(await alive(), []), { timeout: 60_000, interval: 200 })
  })

  await t.test('by success: works after all that, with a video in a folder of its own', async () => {
    const folder = join(root, 'videos')
    await mkdir(folder)
    await makeVideo(join(folder, 'short.mp4'), 2)
    const { exitCode, stdout, stderr } = await run('demo', join(folder, 'short.mp4'))
    assert.equal(exitCode, 0, stderr)
    await access(join(folder, 'short.mp3'))
    if (!findProgram('mongod')) assert.match(stdout, /Files stay where they were, in .*blobs/)
    assert.deepEqual(await alive(), [])
  })
})
