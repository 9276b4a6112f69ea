import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finishAndStartJobs } from '../../src/redis/commands/finish-and-start-jobs.ts'
import { setup } from '../support/setup.ts'

test("the queue's state is told when it is asked for, and when a job did not start", async t => {
  const place = setup(t)
  const jobs = place.queue()
  const added = await jobs.addBulk(Array.from({ length: 3 }, () => ({ name: 'job', data: {} })))
  const { keys, client } = jobs.getBackend()
  const starts = await Promise.all(
    added.map(async ({ id = '' }) => {
      const stamp = (await place.redis.hget(`${place.amqpQueue}:${id}`, 'stamp')) as string
      return { id, stamp, token: 'token' }
    }),
  )
  const stateAfter = async (at: number, asksState: boolean, stamp = starts[at]?.stamp) => {
    const start = { ...(starts[at] as (typeof starts)[number]), stamp: stamp as string }
    const work = { finishes: [], starts: [start], asksState }
    const { started, state } = await finishAndStartJobs(
      { keys, client: () => client },
      { lockDuration: 30_000 },
      work,
    )
    return [(started[0] as string[])[0], state]
  }
  assert.deepEqual(await stateAfter(0, true), ['active', { needsPump: false, waiting: 2 }])
  assert.deepEqual(await stateAfter(1, false), ['active', undefined])
  assert.deepEqual(await stateAfter(2, false, 'another'), ['stale', { needsPump: false, waiting: 1 }])
})

test('jobs that are recorded as they start, and jobs that are recorded already, start in one call', async t => {
  const place = setup(t)
  const jobs = place.queue()
  const { id = '' } = await jobs.add('job', { n: 1 })
  const { keys, client } = jobs.getBackend()
  const stamp = (await place.redis.hget(`${place.amqpQueue}:${id}`, 'stamp')) as string
  const job = { name: 'new', data: '{"n":2}', opts: {}, timestamp: Date.now() }
  const { started } = await finishAndStartJobs(
    { keys, client: () => client },
    { lockDuration: 30_000 },
    {
      finishes: [],
      starts: [
        { id, stamp, token: 'token' },
        { id: 'own', stamp: '', token: 'token', newJob: { job, receivedAt: 0 } },
      ],
      asksState: false,
    },
  )
  assert.deepEqual(
    started.map(reply => (reply as string[])[0]),
    ['active', 'active'],
  )
  assert.deepEqual((await jobs.getJob('own'))?.data, { n: 2 })
  assert.deepEqual(await place.redis.lrange(`${place.amqpQueue}:active`, 0, -1), ['own', id])
})
