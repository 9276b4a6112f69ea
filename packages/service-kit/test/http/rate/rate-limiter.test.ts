import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { onEnd, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import { connectRedis, createRateLimiter, HttpProblem } from '../../../src/index.ts'
import { captureLog } from '../../captured-log.ts'

function setup(t: TestContext, { url = redisUrl(), prefix = `test-${randomUUID()}`, requests = 3 } = {}) {
  const log = captureLog()
  const redis = connectRedis(url, { logger: log.logger, commandTimeoutMs: 300 })
  onEnd(t, () => redis.close())
  const limiter = createRateLimiter({ name: 'read', requests, windowSeconds: 30, redis, prefix })
  return { redis, log, prefix, limiter }
}

const refused = (error: unknown) => {
  assert.ok(error instanceof HttpProblem)
  assert.deepEqual([error.status, error.code], [429, 'rate-limited'])
  const seconds = Number(error.headers['Retry-After'])
  assert.ok(seconds > 0 && seconds <= 30)
  assert.equal(error.headers['RateLimit-Policy'], '"read";q=3;w=30')
  assert.equal(error.headers.RateLimit, `"read";r=0;t=${seconds}`)
  return true
}

test('processes share a limit, and tell how much is left of it', async t => {
  const { limiter: one, redis, prefix } = setup(t)
  const { limiter: other, redis: second } = setup(t, { prefix })
  await Promise.all([redis.check(), second.check()])
  const left = async (limiter: typeof one) => (await limiter.count('ada')).RateLimit?.split(';')[1]
  assert.deepEqual([await left(one), await left(other), await left(one)], ['r=2', 'r=1', 'r=0'])
  await assert.rejects(other.count('ada'), refused)
  await assert.rejects(one.count('ada'), refused)
  await assert.rejects(one.count('ada'), refused)
  assert.equal(await left(other).catch(() => 'refused'), 'refused')
  assert.equal((await other.count('bob'))['RateLimit-Policy'], '"read";q=3;w=30')
})

test('requests at once do not outrun it', async t => {
  const { limiter, redis } = setup(t)
  await redis.check()
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => limiter.count('ada')))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 3)
})

test('while Redis is away each process keeps the limit for itself', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const { limiter, redis, log } = setup(t, { url: proxy.url })
  await redis.check()
  await proxy.cut()
  await log.line('Redis is away')
  for (let count = 0; count < 3; count += 1) await limiter.count('ada')
  await assert.rejects(limiter.count('ada'), refused)
})
