import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { LogLines, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { connectRedis, createLogger } from '@jackalope/service-kit'
import { createRedisLocker, type RedisLockerOptions } from '../../../src/upload/tus/redis-locker.ts'

const never = () => new AbortController().signal
const nothing = () => {}

test('gives a lock to one at a time, and to the next when it is given back', async t => {
  const { locker } = setup(t)
  const [first, second] = [locker.newLock('a'), locker.newLock('a')]
  let isAsked = false
  await first.lock(never(), async () => {
    isAsked = true
    await first.unlock()
  })
  await second.lock(never(), nothing)
  assert.ok(isAsked, 'the holder was asked to end')
  await locker.newLock('b').lock(never(), nothing)
  await second.unlock()
})

test('refuses a request whose lock is not given back in time', async t => {
  const { locker } = setup(t, { waitMs: 500 })
  await locker.newLock('a').lock(never(), nothing)
  await assert.rejects(locker.newLock('a').lock(never(), nothing), { status: 423, code: 'upload-locked' })
  const controller = new AbortController()
  controller.abort()
  await assert.rejects(locker.newLock('a').lock(controller.signal, nothing), { status: 423 })
})

test('keeps a lock as long as its holder lives, and passes on that of a dead one', async t => {
  const { locker, keys, client } = setup(t, { leaseMs: 2_000, renewMs: 100, waitMs: 4_000 })
  const holder = locker.newLock('a')
  await holder.lock(never(), nothing)
  await assert.rejects(locker.newLock('a').lock(never(), nothing), { status: 423 })
  await holder.unlock()
  // A process that was killed renews no more.
  await client.set(`${keys}:upload-lock:a`, 'dead', 'PX', 600)
  await locker.newLock('a').lock(never(), nothing)
})

test('tells a holder that has lost its lock, and gives no lock of another one back', async t => {
  const { locker, keys, client } = setup(t, { renewMs: 50 })
  const { promise: told, resolve } = Promise.withResolvers<void>()
  const lock = locker.newLock('a')
  await lock.lock(never(), resolve)
  await client.set(`${keys}:upload-lock:a`, 'another')
  await told
  await lock.unlock()
  assert.equal(await client.get(`${keys}:upload-lock:a`), 'another')
  await client.del(`${keys}:upload-lock:a`)
})

function setup(t: TestContext, options: Partial<RedisLockerOptions> = {}) {
  const prefix = `jackalope:test-${randomUUID()}`
  const logger = createLogger({ service: 'test', level: 'debug', destination: new LogLines() })
  const redis = connectRedis(redisUrl(), { logger })
  onEnd(t, () => redis.close())
  return { locker: createRedisLocker({ redis, prefix, ...options }), keys: prefix, client: redis.client }
}
