import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { deadLettersOf } from '@jackalope/worker-kit'
import { Queue } from '../bullmq.ts'

const program = fileURLToPath(new URL('../emails.ts', import.meta.url))

test('an application of BullMQ runs on RabbitMQ by one import: queue, worker, events, flow', async t => {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const queue = new Queue('emails', { connection: { url: REDIS_URL }, prefix })
  t.after(async () => {
    await queue.obliterate({ force: true })
    await queue.close()
  })

  const env = { PATH, AMQP_URL, REDIS_URL, PREFIX: prefix }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program], { env, timeout: 60_000 })

  assert.equal(stderr, '')
  assert.deepEqual(stdout.trim().split('\n'), [
    "{ sentTo: 'ada@example.com' }",
    "{ sentTo: 'greylisted@example.com' }",
    '{ mails: 2 }',
    'there is no such mailbox',
  ])
  assert.deepEqual(await queue.getJobCounts('active', 'waiting', 'delayed', 'failed', 'completed'), {
    ...{ active: 0, waiting: 0, delayed: 0, failed: 1, completed: 5 },
  })
  const { letters } = await deadLettersOf(queue).list()
  assert.deepEqual(
    letters.map(letter => letter.kind === 'job' && [letter.data, letter.failure.reason]),
    [[{ to: 'nobody@example.com' }, 'there is no such mailbox']],
  )
})
