import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginDeadLetter } from '../../src/redis/commands/begin-dead-letter.ts'
import { setup } from '../support/setup.ts'

test("whoever holds a job's lock begins its dead letter, and holds the lock for its whole time again; nobody else does", async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const { id: jobId = '' } = await jobs.add('job', {})
  const lock = `${amqpQueue}:${jobId}:lock`
  await redis.set(lock, 'mine', 'PX', 20_000)
  const { keys, client } = jobs.getBackend()
  const begin = (token: string) => beginDeadLetter({ keys, client: () => client }, { jobId, token }, 60_000)

  assert.equal(await begin('another'), undefined)
  assert.ok((await redis.pttl(lock)) <= 20_000)
  assert.equal((await begin('mine'))?.job.id, jobId)
  assert.ok((await redis.pttl(lock)) > 20_000)
  assert.equal((await begin('0'))?.job.id, jobId)
})
