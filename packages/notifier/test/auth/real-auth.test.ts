import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { amqpUrl, createMysqlDatabase, redisUrl, startService } from '@jackalope/local-servers/testing'
import { createUserDirectory } from '../../src/auth/user-directory.ts'
import { serviceToken } from '../support/auth-server.ts'

const main = new URL('../../../auth/src/main.ts', import.meta.url)
const never = new AbortController().signal

/** Auth as a process of its own, on a database of its own; gives its address. */
async function startAuth(t: TestContext): Promise<string> {
  const { url: MYSQL_URL } = await createMysqlDatabase(t)
  const auth = await startService(t, main, {
    MYSQL_URL,
    JWT_SECRET: 'zT4mQ9xWc2Lr7Ny5Bv8Kd1Hs6Jf3Gp0a',
    SERVICE_TOKEN: serviceToken,
    REDIS_URL: redisUrl(),
    AMQP_URL: amqpUrl(),
    PUBLIC_URL: 'http://localhost:8080',
    MAIL: 'off',
  })
  await auth.logged('ready')
  return auth.url
}

describe('createUserDirectory, asking the real auth,', () => {
  it('finds a registered user, and tells one who is unknown and a wrong token apart', async t => {
    const authUrl = await startAuth(t)
    const registered = await fetch(`${authUrl}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'Ada@example.com', password: 'Correct-horse-9' }),
    })
    assert.equal(registered.status, 201)
    const { id } = (await registered.json()) as { id: string }

    const users = createUserDirectory({ authUrl, serviceToken })
    const found = await users.find(id, never)
    const settings = { notices: true, language: 'en' }
    assert.deepEqual(found, { id, email: 'ada@example.com', emailVerified: true, mayMail: true, ...settings })
    await assert.rejects(users.find(randomUUID(), never), { code: 'ERR_USER_GONE' })
    const stranger = createUserDirectory({ authUrl, serviceToken: 'another' })
    await assert.rejects(stranger.find(id, never), { code: 'ERR_AUTH_REFUSED' })
    const lost = createUserDirectory({ authUrl: `${authUrl}/v2`, serviceToken })
    await assert.rejects(lost.find(id, never), { code: 'ERR_AUTH_UNAVAILABLE', message: /AUTH_URL/ })
  })
})
