import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { connectRedis } from '@jackalope/service-kit'
import { pino } from 'pino'
import { createMailQuota, type MailQuotaOptions } from '../../src/quota/mail-quota.ts'

function setup(t: TestContext, options: Partial<MailQuotaOptions>) {
  const redis = connectRedis(redisUrl(), { logger: pino({ enabled: false }) })
  const prefix = `test-${randomUUID()}`
  onEnd(t, async () => {
    await redis.run('Redis', client => client.del(`${prefix}:mails:u1`, `${prefix}:mails:u2`))
    await redis.close()
  })
  return { quota: createMailQuota({ redis, prefix, ...options }), redis, prefix }
}

describe('the quota of mails', () => {
  it('grants as many as the limit, tells the last, and counts each owner for himself', async t => {
    const { quota } = setup(t, { limit: 3 })
    const claims = []
    for (const mail of ['a', 'b', 'c', 'd', 'e']) claims.push(await quota.claim('u1', mail))
    assert.deepEqual(claims, ['granted', 'granted', 'last', 'exhausted', 'exhausted'])
    assert.equal(await quota.claim('u2', 'a'), 'granted')
  })

  it('counts the attempts of one mail once, also when no other is granted any more', async t => {
    const { quota } = setup(t, { limit: 2 })
    for (let attempt = 0; attempt < 3; attempt += 1) assert.equal(await quota.claim('u1', 'a'), 'granted')
    assert.equal(await quota.claim('u1', 'b'), 'last')
    assert.equal(await quota.claim('u1', 'c'), 'exhausted')
    assert.equal(await quota.claim('u1', 'a'), 'granted')
    assert.equal(await quota.claim('u1', 'b'), 'last')
  })

  it('grants again when the window has passed, and leaves nothing behind', async t => {
    const { quota, redis, prefix } = setup(t, { limit: 1, windowMs: 1_000 })
    assert.equal(await quota.claim('u1', 'a'), 'last')
    assert.equal(await quota.claim('u1', 'b'), 'exhausted')
    await until(async () => (await quota.claim('u1', 'c')) === 'last')
    await until(async () => (await redis.run('Redis', client => client.exists(`${prefix}:mails:u1`))) === 0)
  })

  it('keeps the limit when many ask at once', async t => {
    const { quota } = setup(t, { limit: 5 })
    const claims = await Promise.all(Array.from({ length: 40 }, (_, index) => quota.claim('u1', `m${index}`)))
    assert.equal(claims.filter(claim => claim !== 'exhausted').length, 5)
  })
})
