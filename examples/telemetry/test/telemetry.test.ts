import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { withBackend } from 'bullmq'

/** A program that ends too early says nothing more. */
const timeout = 120_000

const program = (name: string) => join(import.meta.dirname, '..', name)

interface Span {
  traceId: string
  parentId: string | undefined
  name: string
  id: string
}

/** What ConsoleSpanExporter wrote. */
function parseSpans(text: string): Span[] {
  return text
    .split(/^(?=\{$)/m)
    .filter(span => span.startsWith('{'))
    .map(span => {
      const own = (key: string) => span.match(new RegExp(`^ {2}${key}: '([^']+)'`, 'm'))?.[1] as string
      const parentId = span.match(/^ {4}spanId: '([^']+)'/m)?.[1]
      return { traceId: own('traceId'), parentId, name: own('name'), id: own('id') }
    })
}

test('the spans of both attempts, in another process, belong to the request that added the job', {
  timeout,
}, async t => {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const env = { PATH, AMQP_URL, REDIS_URL, PREFIX: prefix }
  const { Queue, QueueEvents } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
  const queue = new Queue('emails', { connection: { url: REDIS_URL }, prefix })
  const events = new QueueEvents('emails', { connection: { url: REDIS_URL }, prefix })
  await events.waitUntilReady()
  const completed = once(events, 'completed')
  const worker = spawn(process.execPath, [program('worker.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(async () => {
    worker.kill('SIGKILL')
    await events.close()
    await queue.obliterate({ force: true })
    await queue.close()
  })
  let written = ''
  worker.stdout.on('data', data => {
    written += data
  })

  const { stdout } = await promisify(execFile)(process.execPath, [program('producer.ts')], { env })
  await completed
  worker.kill('SIGTERM')
  assert.deepEqual(await once(worker, 'close'), [0, null])

  const spans = [...parseSpans(stdout), ...parseSpans(written)]
  const request = spans.find(({ name }) => name === 'POST /orders')
  const add = spans.find(({ name }) => name === 'add emails.confirmation')
  assert.ok(request && add)
  assert.equal(add.parentId, request.id)
  const runs = spans.filter(({ name }) => name === 'process emails')
  assert.deepEqual(
    runs.map(({ traceId, parentId }) => [traceId, parentId]),
    Array(2).fill([request.traceId, add.id]),
  )
  const mails = spans.filter(({ name }) => name === 'SMTP')
  assert.deepEqual(new Set(mails.map(({ parentId }) => parentId)), new Set(runs.map(({ id }) => id)))
})
