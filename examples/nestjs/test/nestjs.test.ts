import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { before, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { createRabbitmqBackend, deadLettersOf } from '@jackalope/worker-kit'
import { withBackend } from 'bullmq'

/** A program that ends too early says nothing more. */
const timeout = 120_000

const folder = join(import.meta.dirname, '..')

before(() => promisify(execFile)(process.execPath, [join(folder, 'build.ts')]))

/** The application as a process of its own, and a queue beside it. */
function started(t: TestContext) {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const { Queue } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
  const queue = new Queue('emails', { connection: { url: REDIS_URL }, prefix })
  const app = spawn(process.execPath, [join(folder, 'dist/main.js')], {
    env: { PATH, AMQP_URL, REDIS_URL, PREFIX: prefix, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(app, 'close')
  t.after(async () => {
    app.kill('SIGKILL')
    await ended
    await queue.obliterate({ force: true })
    await queue.close()
  })
  const said: string[] = []
  let watchers: (() => boolean)[] = []
  createInterface({ input: app.stdout }).on('line', line => {
    said.push(line)
    watchers = watchers.filter(isSatisfied => !isSatisfied())
  })
  return {
    app,
    queue,
    ended,
    said,
    untilSaid: (text: string) =>
      new Promise<void>((resolve, reject) => {
        void ended.then(() => reject(new Error(`the application ended before it said "${text}"`)))
        const isSatisfied = () => {
          const isSo = said.some(line => line.includes(text))
          if (isSo) resolve()
          return isSo
        }
        if (!isSatisfied()) watchers.push(isSatisfied)
      }),
  }
}

test('processor, flow producer and event listener of a NestJS application run on RabbitMQ', {
  timeout,
}, async t => {
  const { queue, untilSaid } = started(t)
  await untilSaid('[EmailsListener] completed digest: {"mails":2}')
  const options = { attempts: 2, backoff: 10 }
  const { id } = await queue.add('welcome', { to: 'ada@example.com', greylisted: true }, options)
  await untilSaid(`[EmailsListener] completed ${id}: {"sentTo":"ada@example.com"}`)
  assert.equal((await queue.getJob(id as string))?.attemptsMade, 2)
  const refused = await queue.add('welcome', { to: 'nobody@example.com' })
  await untilSaid(`[EmailsListener] failed ${refused.id}: there is no such mailbox`)
  // On Redis alone there would be none.
  const { letters } = await deadLettersOf(queue).list()
  assert.deepEqual(
    letters.map(letter => letter.id),
    [refused.id],
  )
})

test('on SIGTERM the application ends the mail that it sends, starts none, and closes everything', {
  timeout,
}, async t => {
  const { app, queue, ended, said, untilSaid } = started(t)
  await untilSaid('[EmailsListener] completed digest')
  const running = await queue.add('welcome', { to: 'ada@example.com', sendingMs: 1_000 })
  await untilSaid(`[EmailsProcessor] started ${running.id}`)
  app.kill('SIGTERM')
  // Nest ends its process by the signal again, when its hooks have run.
  assert.deepEqual(await ended, [null, 'SIGTERM'])
  assert.deepEqual((await queue.getJob(running.id as string))?.returnvalue, { sentTo: 'ada@example.com' })
  assert.deepEqual(
    said.filter(line => line.includes('ERROR')),
    [],
  )
  const later = await queue.add('welcome', { to: 'bob@example.com' })
  assert.equal(await later.getState(), 'waiting')
})
