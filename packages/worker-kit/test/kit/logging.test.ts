import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, redisUrl, until } from '@jackalope/local-servers/testing'
import { pino } from 'pino'
import { z } from 'zod'
import { connect, type Logger } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { ended } from '../support/ended.ts'
import { setup } from '../support/setup.ts'

const task = defineJob({ name: 'jobs', input: z.object({}), attempts: 2 })

type Line = Record<string, unknown>

/** One that has but the methods that worker-kit needs. */
function plainLogger(lines: Line[]): Logger {
  const write = (fields: object, msg: string) => void lines.push({ ...fields, msg })
  return { debug: write, info: write, warn: write, error: write }
}

const loggers: [string, (lines: Line[]) => Logger][] = [
  ["pino's", lines => pino({ level: 'debug' }, { write: line => lines.push(JSON.parse(line)) })],
  ['a plain one', plainLogger],
]

for (const [kind, create] of loggers)
  test(`each line of a handler's logger bears queue, job and attempt (${kind})`, async t => {
    const { prefix } = setup(t)
    const lines: Line[] = []
    const logger = create(lines)
    const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix, logger })
    onEnd(t, () => kit.close())
    kit.work(task, async ({ logger, attempt, queue }) => {
      logger.info({ step: 1 }, `at work in ${queue}`)
      if (attempt === 1) throw new Error('not yet')
    })
    const { id: jobId } = await kit.queue(task).add({})
    await ended(kit.queue(task).bull, jobId)
    const said = lines.filter(({ msg }) => msg === 'at work in jobs')
    assert.deepEqual(
      said.map(({ queue, jobId, attempt, step }) => ({ queue, jobId, attempt, step })),
      [1, 2].map(attempt => ({ queue: 'jobs', jobId, attempt, step: 1 })),
    )
    const failed = lines.find(({ msg }) => msg === 'attempt failed')
    assert.deepEqual([failed?.queue, failed?.jobId, failed?.attempt], ['jobs', jobId, 1])
  })

test('that the broker has gone, and cannot be reached, is logged once, not by every queue and worker', async t => {
  const { prefix } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const lines: Line[] = []
  const logger = plainLogger(lines)
  const kit = await connect({ amqpUrl: proxy.url, redisUrl: redisUrl(), prefix, logger })
  onEnd(t, () => kit.close())
  kit.work(task, async () => undefined)
  await kit.queue(task).bull.waitUntilReady()
  await proxy.cut()
  const said = (text: string) => lines.filter(({ msg }) => msg === text)
  await until(async () => said('broker error').length > 2)
  assert.deepEqual([...said('queue error'), ...said('worker error')], [])
})
