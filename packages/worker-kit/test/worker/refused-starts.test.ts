import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { redisUrl } from '@jackalope/local-servers/testing'
import type { StartRequest } from '../../src/redis/commands/finish-and-start-jobs.ts'
import { startRedeliveredJob } from '../../src/redis/commands/start-redelivered-job.ts'
import { FinishStartBatcher } from '../../src/worker/finish-start-batcher.ts'
import { addReadyParents } from '../support/ready-parents.ts'
import { setup } from '../support/setup.ts'

test('a job that is refused comes next after the parents ahead of the line', async t => {
  const { ids, claim, batcher, putParentsAhead, line } = await threeJobs(t)
  const parents = await putParentsAhead()
  const reply = await batcher.start(await claim(ids.b))
  assert.deepEqual(reply, ['blocked', 0, 'paused'])
  assert.deepEqual(await line(), [...parents, ids.b, ids.a, ids.c])
})

test('a job that is refused when its message comes again comes next after the parents ahead of the line', async t => {
  const { ids, claim, place, putParentsAhead, line } = await threeJobs(t)
  const parents = await putParentsAhead()
  const reply = await startRedeliveredJob(place.queue, place.settings, await claim(ids.b))
  assert.deepEqual(reply, ['blocked', 0, 'paused'])
  assert.deepEqual(await line(), [...parents, ids.b, ids.a, ids.c])
})

test('R8: so does one that is taken over', async t => {
  const { ids, claim, batcher, place, redis, amqpQueue, putParentsAhead, line } = await threeJobs(t)
  const claimed = await claim(ids.b)
  assert.equal((await batcher.start(claimed))[0], 'active')
  await redis.del(`${amqpQueue}:${ids.b}:lock`)
  const parents = await putParentsAhead()
  const reply = await startRedeliveredJob(place.queue, place.settings, claimed)
  assert.deepEqual(reply, ['blocked', 0, 'paused'])
  assert.deepEqual(await line(), [...parents, ids.b, ids.a, ids.c])
})

/** A queue with three jobs, which is started from by hand. */
async function threeJobs(t: TestContext) {
  const base = setup(t)
  const { redis, amqpQueue } = base
  const jobs = base.queue()
  const added = await jobs.addBulk(['a', 'b', 'c'].map(name => ({ name, data: {} })))
  const [a, b, c] = added.map(({ id }) => id) as [string, string, string]
  const { keys, client } = jobs.getBackend()
  const place = { queue: { keys, client: () => client }, settings: { lockDuration: 30_000 } }
  /** The next job first. */
  const line = async () => (await redis.lrange(`${amqpQueue}:wait`, 0, -1)).toReversed()
  return {
    redis,
    amqpQueue,
    ids: { a, b, c },
    place,
    batcher: new FinishStartBatcher({ ...place, concurrency: () => 1, onState: () => undefined }),
    line,
    async claim(id: string): Promise<StartRequest> {
      const stamp = (await redis.hget(`${amqpQueue}:${id}`, 'stamp')) as string
      return { id, stamp, token: 'token' }
    },
    /** Pauses the queue; gives the parents in their order. */
    async putParentsAhead() {
      await addReadyParents(t, base, { count: 2, url: redisUrl() })
      await jobs.pause()
      return (await line()).slice(0, 2)
    },
  }
}
