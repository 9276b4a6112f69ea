import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type SessionView, sessionList } from '@jackalope/contracts'
import { describeUserAgent } from '../../src/sessions/describe-user-agent.ts'
import { ada, from, loggedIn, problemOf, startTestAuth, type TestAuth } from '../support/test-auth.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0'

async function setup(t: TestContext): Promise<TestAuth> {
  const auth = await startTestAuth(t)
  await auth.register(ada)
  return auth
}

async function list(auth: TestAuth, token: string): Promise<SessionView[]> {
  const response = await auth.call('GET', '/account/sessions', { token })
  assert.equal(response.status, 200)
  return sessionList.strict().parse(await response.json()).sessions
}

describe('Sessions', () => {
  it('are listed with what and where, last used first, the current one marked', async t => {
    const auth = await setup(t)
    await loggedIn(auth, { ...from('192.0.2.7'), 'User-Agent': firefox })
    const { access_token: token } = await loggedIn(auth, {
      ...from('2001:db8::9'),
      'User-Agent': 'curl/8.5.0',
    })
    const sessions = await list(auth, token)
    assert.deepEqual(
      sessions.map(({ client, address, current }) => ({ client, address, current })),
      [
        { client: 'curl', address: '2001:db8::9', current: true },
        { client: 'Firefox on Windows', address: '192.0.2.7', current: false },
      ],
    )
  })

  it('end by logout, at once for the account and for the refresh token', async t => {
    const auth = await setup(t)
    const { access_token: token, refresh_token } = await loggedIn(auth)
    assert.equal((await auth.call('POST', '/logout', { token })).status, 204)
    assert.equal((await auth.call('GET', '/account/sessions', { token })).status, 401)
    assert.equal((await auth.call('POST', '/refresh', { body: { refresh_token } })).status, 401)
    assert.equal((await auth.call('POST', '/logout', { token })).status, 401)
  })

  it('end one by one, but never those of somebody else', async t => {
    const auth = await setup(t)
    const bob = { email: 'bob@example.com', password: ada.password }
    await auth.register(bob)
    const { access_token: hers, refresh_token } = await loggedIn(auth)
    const { access_token: his } = await loggedIn(auth, {}, bob)
    const [session] = await list(auth, hers)
    const path = `/account/sessions/${session?.id}`
    const stranger = await auth.call('DELETE', path, { token: his })
    assert.equal(stranger.status, 404)
    assert.equal((await problemOf(stranger)).code, 'session-unknown')
    const { access_token: second } = await loggedIn(auth)
    assert.equal((await auth.call('DELETE', path, { token: second })).status, 204)
    assert.equal((await auth.call('DELETE', path, { token: second })).status, 404)
    assert.equal((await auth.call('POST', '/refresh', { body: { refresh_token } })).status, 401)
    assert.equal((await list(auth, second)).length, 1)
  })

  it('end everywhere, the current one included', async t => {
    const auth = await setup(t)
    const sessions = [await loggedIn(auth), await loggedIn(auth)]
    const token = sessions[1]?.access_token
    assert.equal((await auth.call('DELETE', '/account/sessions', { token })).status, 204)
    for (const { refresh_token } of sessions)
      assert.equal((await auth.call('POST', '/refresh', { body: { refresh_token } })).status, 401)
    const { access_token } = await loggedIn(auth)
    assert.equal((await list(auth, access_token)).length, 1)
  })

  it('of a bare token end with it, and cannot be refreshed', async t => {
    const auth = await setup(t)
    const token = await (await auth.login(ada.email, ada.password, { Accept: 'text/plain' })).text()
    const [session] = await list(auth, token)
    assert.ok(Date.parse(session?.expiresAt ?? '') <= Date.now() + 600_000)
  })

  it('are a hundred of a user at most; the one used longest ago gives way', async t => {
    const auth = await setup(t)
    const first = await loggedIn(auth)
    const [{ user_id }] = (await auth.connection.query('SELECT user_id FROM sessions'))[0] as [
      { user_id: string },
    ]
    for (let index = 0; index < 100; index += 1)
      await auth.connection.query(
        `INSERT INTO sessions SELECT UUID(), ?, 1, NOW(3), NOW(3), NOW(3) + INTERVAL ? SECOND,
           NOW(3) + INTERVAL 1 DAY, '192.0.2.1', '', NULL`,
        [user_id, index + 10],
      )
    const { access_token: token } = await loggedIn(auth)
    assert.equal((await list(auth, token)).length, 100)
    const again = await auth.call('POST', '/refresh', { body: { refresh_token: first.refresh_token } })
    assert.equal(again.status, 401)
  })

  it('are refused to a locked user at once', async t => {
    const auth = await setup(t)
    const { access_token: token } = await loggedIn(auth)
    await auth.connection.query('UPDATE users SET locked_at = NOW()')
    assert.equal((await auth.call('GET', '/account/sessions', { token })).status, 401)
    const login = await auth.login(ada.email, ada.password)
    assert.equal(login.status, 403)
    assert.equal((await problemOf(login)).code, 'account-locked')
    assert.equal((await auth.login(ada.email, 'wrong-password')).status, 401)
  })
})

describe('describeUserAgent', () => {
  it('names browsers, programs, and nothing that it does not know', () => {
    assert.equal(describeUserAgent(firefox), 'Firefox on Windows')
    assert.equal(describeUserAgent('python-requests/2.31'), 'python-requests')
    assert.equal(describeUserAgent(''), undefined)
    assert.equal(describeUserAgent('<script>alert(1)</script>'), undefined)
  })
})
