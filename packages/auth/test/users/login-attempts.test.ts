import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import { networkOf } from '../../src/users/login-attempts.ts'
import { ada, from, problemOf, startTestAuth } from '../support/test-auth.ts'

describe('Login attempts', () => {
  it('are refused after too many failures for an account, the right password too, with the time to wait', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 3, windowSeconds: 100 } })
    await auth.register(ada)
    for (let attempt = 0; attempt < 3; attempt += 1)
      assert.equal((await auth.login(ada.email, 'wrong-password')).status, 401)
    for (const email of [ada.email, 'ADA@example.com']) {
      const response = await auth.login(email, ada.password)
      assert.equal(response.status, 429)
      const seconds = Number(response.headers.get('retry-after'))
      assert.ok(seconds > 0 && seconds <= 100)
      assert.equal((await problemOf(response)).code, 'too-many-attempts')
    }
    assert.equal((await auth.login('bob@example.com', 'wrong-password')).status, 401)
  })

  it('are refused for an unknown account alike', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 1 } })
    assert.equal((await auth.login('nobody@example.com', 'wrong-password')).status, 401)
    assert.equal((await auth.login('nobody@example.com', 'wrong-password')).status, 429)
  })

  it('are let in again when the time is over', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 1, windowSeconds: 1 } })
    await auth.register(ada)
    await auth.login(ada.email, 'wrong-password')
    await until(async () => (await auth.login(ada.email, ada.password)).status === 200)
  })

  it('that succeed do not count, and earlier failures are forgotten', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 2 } })
    await auth.register(ada)
    for (const password of ['wrong', ada.password, 'wrong', ada.password, ada.password, ada.password])
      assert.notEqual((await auth.login(ada.email, password)).status, 429)
  })

  it('at once do not outrun the limit', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 3 } })
    const attempts = Array.from({ length: 20 }, () => auth.login(ada.email, 'wrong-password'))
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    assert.equal(statuses.filter(status => status === 401).length, 3)
    assert.equal(statuses.filter(status => status === 429).length, 17)
  })

  it('from another address go on, as the gateway tells it', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 1 } })
    await auth.register(ada)
    const login = async (password: string, address: string) =>
      (await auth.login(ada.email, password, from(address))).status
    assert.equal(await login('wrong', '192.0.2.1'), 401)
    assert.equal(await login(ada.password, '192.0.2.1'), 429)
    assert.equal(await login(ada.password, '192.0.2.2'), 200)
  })

  it('go by the address of the connection when it is not the gateway that names another', async t => {
    const auth = await startTestAuth(t, { loginLimits: { maxAttempts: 1 } })
    const forged = (address: string) => ({
      ...from(address),
      'X-Service-Token': 'guessed',
      'X-Forwarded-For': address,
    })
    assert.equal((await auth.login(ada.email, 'wrong', forged('192.0.2.1'))).status, 401)
    assert.equal((await auth.login(ada.email, 'wrong', forged('192.0.2.2'))).status, 429)
    assert.equal((await auth.login(ada.email, 'wrong', { 'X-Client-Address': '192.0.2.3' })).status, 429)
    assert.equal((await auth.login(ada.email, 'wrong', from('not an address'))).status, 429)
  })
})

describe('networkOf', () => {
  it('takes an IPv4 address for itself, in IPv6 form too', () => {
    assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
    assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
  })

  it('takes the /64 of an IPv6 address, however it is written', () => {
    for (const address of [
      '2001:db8:0:7::1',
      '2001:db8:0:7:ffff::',
      '2001:0DB8:0:7:1:2:3:4',
      '2001:db8:0:7::5%eth0',
    ])
      assert.equal(networkOf(address), '2001:db8:0:7', address)
    assert.equal(networkOf('::1'), '0:0:0:0')
    assert.equal(networkOf('2001:db8::'), '2001:db8:0:0')
  })

  it('leaves alone what is no address', () => {
    assert.equal(networkOf('unknown'), 'unknown')
  })
})
