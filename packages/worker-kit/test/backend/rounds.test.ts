import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { Rounds, type StartClaim } from '../../src/backend/rounds.ts'
import { setup } from '../support/setup.ts'

test('a job that came later does not start before one that was refused, when room is made in between', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.setGlobalConcurrency(1)
  const added = await jobs.addBulk(['a', 'b', 'c'].map(name => ({ name, data: {} })))
  const claims = added.map(async ({ id = '' }) => {
    const stamp = (await redis.hget(`${amqpQueue}:${id}`, 'stamp')) as string
    return { id, stamp, token: `token-${id}` }
  })
  const [first, second, third] = (await Promise.all(claims)) as [StartClaim, StartClaim, StartClaim]
  const { keys, client } = jobs.getBackend()
  let sent = Promise.withResolvers<void>()
  const rounds = new Rounds({
    keys,
    workerOptions: { connection: {}, lockDuration: 30_000 },
    redis: () => {
      sent.resolve()
      return client
    },
    onRound: () => undefined,
  })
  assert.equal((await rounds.start(first))[0], 'active')

  sent = Promise.withResolvers<void>()
  const refused = rounds.start(second)
  await sent.promise
  await setImmediate()
  // Behind that round on the same connection.
  const roomMade = jobs.setGlobalConcurrency(2)
  const later = rounds.start(third)
  assert.deepEqual(await refused, ['blocked', 0, 'maxed'])
  assert.deepEqual(await later, ['blocked', 0, 'maxed'])
  await roomMade
  assert.equal((await rounds.start(second))[0], 'active')
})
