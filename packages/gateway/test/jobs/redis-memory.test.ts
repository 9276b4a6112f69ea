import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { startRedis } from '@jackalope/local-servers'
import { onEnd, temporaryFolder, until } from '@jackalope/local-servers/testing'
import { connectRedis } from '@jackalope/service-kit'
import { pino } from 'pino'
import { watchRedisMemory } from '../../src/jobs/redis-memory.ts'

test('notices that Redis was flushed, or set back, and lets lost jobs be added again; nothing else does', async t => {
  const server = await startRedis({ dir: join(await temporaryFolder(t), 'redis') })
  onEnd(t, () => server.stop())
  const logger = pino({ level: 'silent' })
  const redis = connectRedis(server.url, { logger })
  onEnd(t, () => redis.close())
  const end = new AbortController()
  onEnd(t, async () => end.abort())
  let adoptions = 0
  let asked = 0
  const counted: typeof redis = {
    ...redis,
    run: async (what, commands) => {
      const answer = await redis.run(what, commands)
      asked += 1
      return answer
    },
  }
  watchRedisMemory({
    redis: counted,
    adopt: async () => {
      adoptions += 1
    },
    logger,
    signal: end.signal,
    everyMs: 5,
    afterMs: [0, 20],
    firstMs: 60_000,
  })
  const asks = async (count: number) => {
    const wanted = asked + count
    await until(async () => asked >= wanted)
  }
  await asks(5)
  const [key = ''] = await redis.client.keys('jackalope:remembered:*')
  assert.equal(adoptions, 0)
  await redis.client.flushall()
  await until(async () => adoptions === 2)
  await asks(5)
  await redis.client.decrby(key, 3)
  await until(async () => adoptions === 4)
  await asks(5)
  assert.equal(adoptions, 4)
})
