import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer } from 'bullmq'
import { createRabbitmqBackend } from '../src/index.ts'
import { queueKeys } from '../src/redis/queue-keys.ts'
import { reservedIds } from '../src/reserved-ids.ts'
import { setup } from './support/setup.ts'

test('no job may have the name of a key of its queue as its id', () => {
  const names = Object.keys(queueKeys('bull', 'jobs')).filter(name => name !== '')
  assert.deepEqual([...reservedIds].sort(), names.sort())
})

test('a job under such an id is refused, alone, among others and in a flow, and nothing is added', async t => {
  const { queue, prefix, name, redis } = setup(t)
  const jobs = queue()
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  const refused = {
    code: 'ERR_INVALID_OPTIONS',
    message: /its jobId "\S+" is the name of a key of the queue/,
  }
  for (const jobId of ['clock', 'wait']) await assert.rejects(jobs.add('a', {}, { jobId }), refused)
  const opts = { jobId: 'owners' }
  await assert.rejects(
    jobs.addBulk([
      { name: 'a', data: {} },
      { name: 'a', data: {}, opts },
    ]),
    refused,
  )
  await assert.rejects(jobs.add('a', {}, { jobId: 'recorded', delay: 1_000 }), refused)
  await assert.rejects(flows.add({ name: 'a', queueName: name, data: {}, opts }), refused)
  assert.deepEqual(await jobs.getJobCounts('wait', 'delayed'), { wait: 0, delayed: 0 })
  assert.equal(await redis.exists(`${prefix}:${name}:clock`), 0)
})
