import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type AccessTokenResponse, accessTokenClaims, accessTokenResponse } from '@jackalope/contracts'
import { decodeJwt } from 'jose'
import { startAuthProcess } from '../support/auth-process.ts'
import { ada, loggedIn, problemOf, startTestAuth, type TestAuth } from '../support/test-auth.ts'

const phone = { 'User-Agent': 'phone/1' }

async function setup(t: TestContext) {
  const auth = await startTestAuth(t)
  await auth.register(ada)
  return { auth, first: await loggedIn(auth, phone) }
}

function refresh(auth: TestAuth, token: string, headers: Record<string, string> = phone) {
  return auth.call('POST', '/refresh', { body: { refresh_token: token }, headers })
}

async function refreshed(auth: TestAuth, token: string): Promise<AccessTokenResponse> {
  const response = await refresh(auth, token)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  return accessTokenResponse.strict().parse(await response.json())
}

async function assertRefused(auth: TestAuth, token: string, headers?: Record<string, string>) {
  const response = await refresh(auth, token, headers)
  assert.equal(response.status, 401)
  assert.equal((await problemOf(response)).code, 'refresh-token-invalid')
}

/** Makes the last rotation of all sessions older. */
async function later(auth: TestAuth, seconds: number): Promise<void> {
  await auth.connection.query('UPDATE sessions SET rotated_at = rotated_at - INTERVAL ? SECOND', [seconds])
}

async function actions(auth: TestAuth): Promise<string[]> {
  const [rows] = await auth.connection.query('SELECT action FROM audit_log ORDER BY id')
  return (rows as Array<{ action: string }>).map(({ action }) => action)
}

describe('POST /refresh', () => {
  it('gives the next tokens of the same session', async t => {
    const { auth, first } = await setup(t)
    const second = await refreshed(auth, first.refresh_token)
    assert.notEqual(second.refresh_token, first.refresh_token)
    assert.ok(second.refresh_expires_in > 30 * 86_400 - 60 && second.refresh_expires_in <= 30 * 86_400)
    const claims = accessTokenClaims.parse(decodeJwt(second.access_token))
    assert.equal(claims.sid, accessTokenClaims.parse(decodeJwt(first.access_token)).sid)
    assert.equal(second.scope, 'jobs:read jobs:write files:read account')
    await refreshed(auth, second.refresh_token)
  })

  it('stores no token', async t => {
    const { auth, first } = await setup(t)
    const [rows] = await auth.connection.query(
      'SELECT * FROM refresh_tokens JOIN sessions ON id = session_id',
    )
    assert.ok(!JSON.stringify(rows).includes(first.refresh_token))
  })

  it('ends the session when an old token comes again, for thief and owner alike', async t => {
    const { auth, first } = await setup(t)
    const other = await loggedIn(auth, phone)
    const second = await refreshed(auth, first.refresh_token)
    await later(auth, 31)
    await assertRefused(auth, first.refresh_token)
    await assertRefused(auth, second.refresh_token)
    assert.equal((await auth.call('GET', '/account/sessions', { token: second.access_token })).status, 401)
    // Other sessions of the user go on.
    await refreshed(auth, other.refresh_token)
    assert.deepEqual((await actions(auth)).filter(action => action === 'refresh-token-reused').length, 1)
  })

  it('ends the session when the thief came first', async t => {
    const { auth, first } = await setup(t)
    const stolen = await refreshed(auth, first.refresh_token)
    await later(auth, 600)
    await assertRefused(auth, first.refresh_token)
    await assertRefused(auth, stolen.refresh_token)
  })

  it('lets a client repeat what had no answer, and keeps one line of tokens in the end', async t => {
    const { auth, first } = await setup(t)
    const lost = await refreshed(auth, first.refresh_token)
    await later(auth, 25)
    const repeated = await refreshed(auth, first.refresh_token)
    const next = await refreshed(auth, repeated.refresh_token)
    await refreshed(auth, next.refresh_token)
    await later(auth, 31)
    // Whoever got the answer that the client did not receive is found out.
    await assertRefused(auth, lost.refresh_token)
  })

  it('finds a thief who repeats in time, at the next refresh of either', async t => {
    for (const thiefIsNext of [false, true]) {
      const { auth, first } = await setup(t)
      const owners = await refreshed(auth, first.refresh_token)
      const thiefs = await refreshed(auth, first.refresh_token)
      await later(auth, 600)
      const [next, other] = thiefIsNext ? [thiefs, owners] : [owners, thiefs]
      const last = await refreshed(auth, next.refresh_token)
      // At once: the grace is not for him.
      await assertRefused(auth, other.refresh_token)
      await assertRefused(auth, last.refresh_token)
    }
  })

  it('lets nobody but the same client repeat', async t => {
    const { auth, first } = await setup(t)
    await refreshed(auth, first.refresh_token)
    await assertRefused(auth, first.refresh_token, { 'User-Agent': 'thief/1' })
  })

  it('serves refreshes at once, and never two lines of tokens for long', async t => {
    const { auth, first } = await setup(t)
    const answers = await Promise.all(Array.from({ length: 4 }, () => refreshed(auth, first.refresh_token)))
    assert.equal(new Set(answers.map(answer => answer.refresh_token)).size, 4)
    await refreshed(auth, answers[0]?.refresh_token ?? '')
    await later(auth, 31)
    await assertRefused(auth, answers[1]?.refresh_token ?? '')
    await assertRefused(auth, answers[2]?.refresh_token ?? '')
  })

  it('tells the user by one mail, in the transaction that ends the session', async t => {
    const auth = await startTestAuth(t, { MAIL: undefined })
    await auth.register(ada)
    await auth.connection.query('UPDATE users SET email_verified_at = NOW()')
    const { refresh_token: old } = await loggedIn(auth, phone)
    await refreshed(auth, old)
    await later(auth, 31)
    await Promise.all([assertRefused(auth, old), assertRefused(auth, old), assertRefused(auth, old)])
    const [mails] = await auth.connection.query(
      `SELECT to_address FROM account_mails WHERE kind = 'sessions-ended'`,
    )
    assert.deepEqual(
      (mails as Array<{ to_address: string }>).map(mail => mail.to_address),
      [ada.email],
    )
  })

  it('serves two replicas that are asked at once, and ends the session at both', async t => {
    const { auth, first } = await setup(t)
    const replica = await startAuthProcess(t, { MYSQL_URL: auth.url })
    await replica.logged('ready')
    const ask = (one: Pick<TestAuth, 'call'>, refresh_token: string) =>
      one.call('POST', '/refresh', { body: { refresh_token }, headers: phone })
    const answers = await Promise.all([auth, replica].map(one => ask(one, first.refresh_token)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    await later(auth, 31)
    assert.equal((await ask(replica, first.refresh_token)).status, 401)
    for (const answer of answers) {
      const { refresh_token } = (await answer.json()) as AccessTokenResponse
      assert.equal((await ask(auth, refresh_token)).status, 401)
    }
  })

  it('refuses a deleted or locked user, an expired session and what is no token', async t => {
    const { auth, first } = await setup(t)
    for (const token of ['', 'nonsense', first.access_token.slice(0, 200)]) await assertRefused(auth, token)
    await auth.connection.query('UPDATE users SET locked_at = NOW()')
    await assertRefused(auth, first.refresh_token)
    await auth.connection.query('UPDATE users SET locked_at = NULL')
    await auth.connection.query('UPDATE sessions SET expires_at = NOW() - INTERVAL 1 DAY')
    await assertRefused(auth, first.refresh_token)
    const second = await loggedIn(auth, phone)
    await auth.connection.query('DELETE FROM users')
    await assertRefused(auth, second.refresh_token)
  })

  it('lasts 180 days at most', async t => {
    const { auth, first } = await setup(t)
    await auth.connection.query('UPDATE sessions SET created_at = created_at - INTERVAL 170 DAY')
    const second = await refreshed(auth, first.refresh_token)
    assert.ok(second.refresh_expires_in <= 10 * 86_400)
  })

  it('names what is wrong with the body', async t => {
    const { auth } = await setup(t)
    const response = await auth.call('POST', '/refresh', { body: { refresh_token: 'x'.repeat(201) } })
    assert.equal(response.status, 422)
  })
})
