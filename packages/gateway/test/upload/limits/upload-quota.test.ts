import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestUser } from '@jackalope/contracts'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createUploadQuota } from '../../../src/upload/limits/upload-quota.ts'

const user = (emailVerified: boolean): RequestUser => ({ id: 'ada', roles: [], scopes: [], emailVerified })

test('limits number and size for users who have not confirmed their address, and for nobody else', async () => {
  const quota = createUploadQuota({
    maxBytes: 1024 ** 3,
    guestMaxBytes: 1_000,
    limiter: new RateLimiterMemory({ points: 5, duration: 86_400 }),
  })
  assert.equal(quota.maxBytes(user(true)), 1024 ** 3)
  assert.equal(quota.maxBytes(user(false)), 200 * 1024 ** 2)
  const takeBack = await quota.count(user(false))
  await takeBack()
  for (let count = 0; count < 5; count++) await quota.count(user(false))
  await assert.rejects(quota.count(user(false)), { status: 429, code: 'upload-quota-used-up' })
  for (let count = 0; count < 10; count++) await quota.count(user(true))
  const guest = { ...user(false), roles: ['guest'] }
  assert.equal(quota.maxBytes(guest), 1_000)
  for (let count = 0; count < 10; count++) await quota.count(guest)
})
