import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type { LoginLimits } from '../../src/login/login-attempts.ts'
import { startAuthProcess } from '../support/auth-process.ts'
import { ada, from, problemOf, startTestAuth, type TestAuth } from '../support/test-auth.ts'

const pair = (points: number, seconds = 100) => ({ accountAndAddress: { points, seconds } })

async function setup(t: TestContext, loginLimits: Partial<LoginLimits>): Promise<TestAuth> {
  const auth = await startTestAuth(t, { loginLimits })
  await auth.register(ada)
  return auth
}

async function status(auth: Pick<TestAuth, 'login'>, email: string, password: string, address?: string) {
  return (await auth.login(email, password, address ? from(address) : {})).status
}

describe('Login attempts', () => {
  it('are refused after too many failures for an account, the right password too, with the time to wait', async t => {
    const auth = await setup(t, pair(3))
    for (let attempt = 0; attempt < 3; attempt += 1)
      assert.equal(await status(auth, ada.email, 'wrong-password'), 401)
    for (const email of [ada.email, 'ADA@example.com']) {
      const response = await auth.login(email, ada.password)
      assert.equal(response.status, 429)
      const seconds = Number(response.headers.get('retry-after'))
      assert.ok(seconds > 0 && seconds <= 100)
      assert.equal((await problemOf(response)).code, 'too-many-attempts')
    }
    assert.equal(await status(auth, 'bob@example.com', 'wrong-password'), 401)
  })

  it('are refused for an unknown account alike', async t => {
    const auth = await setup(t, pair(1))
    assert.equal(await status(auth, 'nobody@example.com', 'wrong-password'), 401)
    assert.equal(await status(auth, 'nobody@example.com', 'wrong-password'), 429)
  })

  it('are let in again when the time is over', async t => {
    const auth = await setup(t, pair(1, 1))
    await auth.login(ada.email, 'wrong-password')
    await until(async () => (await auth.login(ada.email, ada.password)).status === 200)
  })

  it('that succeed do not count, and earlier failures are forgotten', async t => {
    const auth = await setup(t, pair(2))
    for (const password of ['wrong', ada.password, 'wrong', ada.password, ada.password, ada.password])
      assert.notEqual(await status(auth, ada.email, password), 429)
  })

  it('at once do not outrun the limit', async t => {
    const auth = await setup(t, pair(3))
    const attempts = Array.from({ length: 10 }, () => status(auth, ada.email, 'wrong-password'))
    const statuses = await Promise.all(attempts)
    assert.deepEqual(
      statuses.filter(given => given !== 429),
      [401, 401, 401],
    )
  })

  it('from another address go on, as the gateway tells it', async t => {
    const auth = await setup(t, pair(1))
    assert.equal(await status(auth, ada.email, 'wrong', '192.0.2.1'), 401)
    assert.equal(await status(auth, ada.email, ada.password, '192.0.2.1'), 429)
    assert.equal(await status(auth, ada.email, ada.password, '192.0.2.2'), 200)
  })

  it('go by the address of the connection when it is not the gateway that names another', async t => {
    const auth = await setup(t, pair(1))
    const forged = { 'X-Service-Token': 'guessed', 'X-Forwarded-For': '192.0.2.8' }
    const login = async (headers: Record<string, string>) =>
      (await auth.login(ada.email, 'wrong', headers)).status
    assert.equal(await login({ ...from('192.0.2.1'), ...forged }), 401)
    assert.equal(await login({ ...from('192.0.2.2'), ...forged }), 429)
    assert.equal(await login({ 'X-Client-Address': '192.0.2.3' }), 429)
    assert.equal(await login(from('no address')), 429)
  })

  it('for ever new accounts are refused to an address, and to its network', async t => {
    const limits = { address: { points: 5, seconds: 100 }, network: { points: 8, seconds: 100 } }
    const auth = await setup(t, limits)
    const guess = (index: number, address: string) =>
      status(auth, `user-${index}@example.com`, 'wrong', address)
    for (let index = 0; index < 5; index += 1) assert.equal(await guess(index, '192.0.2.1'), 401)
    assert.equal(await guess(5, '192.0.2.1'), 429)
    for (let index = 6; index < 8; index += 1) assert.equal(await guess(index, '192.0.2.2'), 401)
    assert.equal(await guess(8, '192.0.2.3'), 429)
    assert.equal(await guess(9, '192.0.3.1'), 401)
  })

  it('from many networks are refused for an account, but not where its user has logged in before', async t => {
    const auth = await setup(t, { account: { points: 4, seconds: 100 } })
    assert.equal(await status(auth, ada.email, ada.password, '198.51.100.7'), 200)
    for (let index = 0; index < 4; index += 1)
      assert.equal(await status(auth, ada.email, 'wrong', `192.0.${index}.1`), 401)
    assert.equal(await status(auth, ada.email, 'wrong', '192.0.9.1'), 429)
    assert.equal(await status(auth, ada.email, ada.password, '198.51.100.7'), 200)
  })

  it('in the user’s own network, by somebody else, do not lock the user out', async t => {
    const limits = { address: { points: 3, seconds: 100 }, network: { points: 3, seconds: 100 } }
    const auth = await setup(t, limits)
    assert.equal(await status(auth, ada.email, ada.password, '192.0.2.1'), 200)
    for (let index = 0; index < 5; index += 1)
      await status(auth, `user-${index}@example.com`, 'wrong', '192.0.2.1')
    assert.equal(await status(auth, 'bob@example.com', 'wrong', '192.0.2.1'), 429)
    assert.equal(await status(auth, ada.email, ada.password, '192.0.2.1'), 200)
  })

  it('are counted by all replicas together', async t => {
    const auth = await setup(t, {})
    const replica = await startAuthProcess(t, { MYSQL_URL: auth.url })
    await replica.logged('ready')
    for (let attempt = 0; attempt < 10; attempt += 1)
      for (const one of [auth, replica]) assert.equal(await status(one, ada.email, 'wrong'), 401)
    assert.equal(await status(replica, ada.email, 'wrong'), 429)
    assert.equal(await status(auth, ada.email, 'wrong'), 429)
  })
})

describe('Registrations', () => {
  it('are refused to an address that has sent many', async t => {
    const auth = await startTestAuth(t)
    // Refused for another reason, and counted all the same: 30 hashes would take long.
    const body = (index: number) => ({ email: `user-${index}@example.com`, password: 'password123' })
    for (let index = 0; index < 30; index += 1)
      assert.equal((await auth.register(body(index), from('192.0.2.1'))).status, 422)
    const refused = await auth.register(body(31), from('192.0.2.1'))
    assert.equal(refused.status, 429)
    assert.equal((await problemOf(refused)).code, 'rate-limited')
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
    assert.equal((await auth.register(body(32), from('192.0.3.1'))).status, 422)
  })
})
