import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isSessionToken, makeSessionToken, type SessionList, scopes } from '@jackalope/contracts'
import type { RowDataPacket } from 'mysql2/promise'
import { browsersOf } from '../support/browsers.ts'
import { ada, from, loggedIn, problemOf, serviceToken, startTestAuth } from '../support/test-auth.ts'

async function setup(t: TestContext) {
  const auth = await startTestAuth(t)
  await auth.register(ada)
  return { auth, browsers: browsersOf(auth) }
}

test('a browser is signed in by a secret that is stored as a hash, and listed as any session', async t => {
  const { auth, browsers } = await setup(t)
  const { token, ...holder } = await browsers.signIn()
  assert.ok(isSessionToken(token))
  const { email } = ada
  assert.deepEqual(holder.user, { id: holder.user.id, email, roles: ['user'], verified: true, guest: false })
  assert.deepEqual(holder.scopes, scopes)
  assert.deepEqual(await browsers.exchange(token), holder)
  const [rows] = await auth.connection.query<RowDataPacket[]>('SELECT * FROM sessions')
  assert.equal(rows.length, 1)
  assert.ok(!JSON.stringify(rows).includes(token))

  const listed = await browsers.call('GET', '/account/sessions', token)
  const { sessions } = (await listed.json()) as SessionList
  assert.deepEqual(
    sessions.map(({ client, address, current }) => [client, address, current]),
    [['Firefox', '192.0.2.1', true]],
  )
})

test('the secret counts from the gateway alone, and a token beside it wins', async t => {
  const { auth, browsers } = await setup(t)
  const { token } = await browsers.signIn()
  const header = { 'X-Session-Token': token }
  const wrong = { ...header, 'X-Service-Token': serviceToken.replace(/.$/, 'q') }
  for (const headers of [header, wrong, { Cookie: `__Host-session=${token}` }])
    assert.equal((await auth.get('/account', headers)).status, 401)
  assert.equal((await auth.call('GET', '/account', { token })).status, 401)
  assert.equal((await auth.call('GET', '/account', { token, headers: from('192.0.2.1') })).status, 401)
  const bob = { email: 'bob@example.com', password: 'staple-Battery-7' }
  await auth.register(bob)
  const { access_token } = await loggedIn(auth, {}, bob)
  const both = await auth.call('GET', '/account', {
    token: access_token,
    headers: { ...header, ...from('192.0.2.1') },
  })
  assert.equal(((await both.json()) as { email: string }).email, bob.email)
})

test('a wrong password, an unknown address and a locked account are told as at a login', async t => {
  const { auth, browsers } = await setup(t)
  const refused = [
    await browsers.ask('', { ...ada, password: 'wrong-Password-1' }),
    await browsers.ask('', { ...ada, email: 'nobody@example.com' }),
  ]
  const [wrong, unknown] = await Promise.all(refused.map(problemOf))
  assert.deepEqual([wrong?.status, wrong?.code], [401, 'credentials-wrong'])
  assert.deepEqual(wrong, unknown)
  // A challenge of HTTP Basic would make the browser ask for the password itself.
  for (const { headers } of refused) assert.match(headers.get('WWW-Authenticate') ?? '', /^Bearer /)
  const { token } = await browsers.signIn()
  await auth.connection.query('UPDATE users SET locked_at = NOW(3)')
  assert.equal((await problemOf(await browsers.ask('', ada))).code, 'account-locked')
  assert.equal(await browsers.exchange(token), undefined)
})

test('signing in again ends the session that the browser had, and no other', async t => {
  const { browsers } = await setup(t)
  const [first, other] = [await browsers.signIn(), await browsers.signIn()]
  const second = await browsers.signIn(ada, { 'X-Session-Token': first.token })
  assert.notEqual(second.token, first.token)
  assert.equal(await browsers.exchange(first.token), undefined)
  assert.ok(await browsers.exchange(other.token))
  // A secret that somebody has planted is never taken over.
  const planted = makeSessionToken()
  const third = await browsers.signIn(ada, { 'X-Session-Token': planted })
  assert.notEqual(third.token, planted)
  assert.equal(await browsers.exchange(planted), undefined)
})

test('a session ends by signing out, by the list, by the password and with all', async t => {
  const { auth, browsers } = await setup(t)
  const ended = async (how: (token: string) => Promise<Response>) => {
    const { token } = await browsers.signIn()
    const response = await how(token)
    assert.equal(response.status, 204)
    assert.equal(await browsers.exchange(token), undefined)
    assert.equal((await browsers.call('GET', '/account', token)).status, 401)
  }
  await ended(token => browsers.ask('/end', { token }))
  await ended(token => browsers.call('POST', '/logout', token))
  await ended(token => browsers.call('DELETE', '/account/sessions', token))
  const mine = await browsers.signIn()
  await ended(async token => {
    const { sessionId = '' } = (await browsers.exchange(token)) ?? {}
    return browsers.call('DELETE', `/account/sessions/${sessionId}`, mine.token)
  })
  const passwords = { current_password: ada.password, new_password: 'another-Horse-99' }
  await ended(() => browsers.call('POST', '/account/password', mine.token, passwords))
  assert.ok(await browsers.exchange(mine.token), 'the session that changed the password goes on')
  assert.equal((await browsers.ask('/end', { token: 'jps_invented' })).status, 204)
  const [rows] = await auth.connection.query<RowDataPacket[]>(
    "SELECT action FROM audit_log WHERE action = 'logged-out'",
  )
  assert.equal(rows.length, 2)
})

test('use prolongs a session, to 180 days after the login at most', async t => {
  const { auth, browsers } = await setup(t)
  const { token } = await browsers.signIn()
  const ages = (created: number, used: number, left: number) =>
    auth.connection.query(
      `UPDATE sessions SET created_at = NOW(3) - INTERVAL ${created} DAY,
         last_used_at = NOW(3) - INTERVAL ${used} DAY, expires_at = NOW(3) + INTERVAL ${left} DAY`,
    )
  const daysLeft = async () => {
    const { expiresAt = '' } = (await browsers.exchange(token, { 'User-Agent': 'Chrome/2' })) ?? {}
    return Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)
  }
  await ages(29, 29, 1)
  assert.equal(await daysLeft(), 30)
  const [[row]] = await auth.connection.query<RowDataPacket[]>('SELECT * FROM sessions')
  assert.equal(row?.user_agent, 'Chrome/2')
  await ages(170, 1, 10)
  assert.equal(await daysLeft(), 10)
  await ages(10, 9, -1)
  assert.equal(await browsers.exchange(token), undefined)
})
