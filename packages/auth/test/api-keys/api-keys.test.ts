import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { apiKeyHolder, apiKeyList, type CreatedApiKey, createdApiKey, isApiKey } from '@jackalope/contracts'
import { ada, loggedIn, problemOf, serviceToken, startTestAuth, type TestAuth } from '../support/test-auth.ts'

async function setup(t: TestContext) {
  const auth = await startTestAuth(t)
  await auth.register(ada)
  return { auth, token: (await loggedIn(auth)).access_token }
}

async function created(auth: TestAuth, token: string, body: object = {}): Promise<CreatedApiKey> {
  const wanted = { name: 'Nightly', scopes: ['jobs:read'], ...body }
  const response = await auth.call('POST', '/account/api-keys', { token, body: wanted })
  assert.equal(response.status, 201)
  return createdApiKey.strict().parse(await response.json())
}

async function list(auth: TestAuth, token: string) {
  const response = await auth.call('GET', '/account/api-keys', { token })
  return apiKeyList.strict().parse(await response.json()).apiKeys
}

function exchange(auth: TestAuth, key: string, token = serviceToken): Promise<Response> {
  return auth.call('POST', '/internal/api-keys/exchange', { token, body: { key } })
}

describe('API keys', () => {
  it('are shown once, stored as a hash, and listed newest first by their first characters', async t => {
    const { auth, token } = await setup(t)
    const { key, ...shown } = await created(auth, token)
    assert.ok(isApiKey(key))
    assert.equal(shown.start, key.slice(0, 14))
    const second = await created(auth, token, {
      name: 'B',
      scopes: ['files:read', 'jobs:write'],
      expiresInDays: 7,
    })
    assert.deepEqual(second.scopes, ['jobs:write', 'files:read'])
    const listed = await list(auth, token)
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['B', 'Nightly'],
    )
    assert.deepEqual(listed[1], shown)
    const [rows] = await auth.connection.query('SELECT * FROM api_keys')
    assert.ok(!JSON.stringify(rows).includes(key.slice(14)))
  })

  it('speak for their user, to services only, and tell when they were used', async t => {
    const { auth, token } = await setup(t)
    const { key } = await created(auth, token)
    const response = await exchange(auth, key)
    assert.equal(response.status, 200)
    const holder = apiKeyHolder.strict().parse(await response.json())
    assert.deepEqual([holder.roles, holder.scopes], [['user'], ['jobs:read']])
    assert.ok((await list(auth, token))[0]?.lastUsedAt)
    for (const wrong of [token, key, 'guessed']) assert.equal((await exchange(auth, key, wrong)).status, 401)
  })

  it('have their last use written once a minute at most', async t => {
    const { auth, token } = await setup(t)
    const { key } = await created(auth, token)
    const lastUse = async () => (await list(auth, token))[0]?.lastUsedAt
    await exchange(auth, key)
    const first = await lastUse()
    await exchange(auth, key)
    assert.equal(await lastUse(), first)
    await auth.connection.query('UPDATE api_keys SET last_used_at = last_used_at - INTERVAL 61 SECOND')
    await exchange(auth, key)
    assert.notEqual(await lastUse(), first)
  })

  it('are nothing once revoked, expired, or their user is locked or gone', async t => {
    const { auth, token } = await setup(t)
    const [first, second] = [await created(auth, token), await created(auth, token, { expiresInDays: 1 })]
    assert.equal((await auth.call('DELETE', `/account/api-keys/${first.id}`, { token })).status, 204)
    assert.equal((await auth.call('DELETE', `/account/api-keys/${first.id}`, { token })).status, 404)
    const gone = await exchange(auth, first.key)
    assert.equal(gone.status, 404)
    assert.equal((await problemOf(gone)).code, 'api-key-unknown')
    await auth.connection.query('UPDATE users SET locked_at = NOW()')
    assert.equal((await exchange(auth, second.key)).status, 404)
    await auth.connection.query('UPDATE users SET locked_at = NULL')
    assert.equal((await exchange(auth, second.key)).status, 200)
    await auth.connection.query('UPDATE api_keys SET expires_at = NOW() - INTERVAL 1 DAY')
    assert.equal((await exchange(auth, second.key)).status, 404)
    await auth.connection.query('UPDATE api_keys SET expires_at = NULL')
    await auth.connection.query('DELETE FROM users')
    assert.equal((await exchange(auth, second.key)).status, 404)
  })

  it('are told of by a mail, since they outlive the session that made them', async t => {
    const auth = await startTestAuth(t, { MAIL: undefined })
    await auth.register(ada)
    await auth.connection.query('UPDATE users SET email_verified_at = NOW()')
    await created(auth, (await loggedIn(auth)).access_token)
    const [mails] = await auth.connection.query(
      `SELECT to_address FROM account_mails WHERE kind = 'api-key-created'`,
    )
    assert.deepEqual(mails, [{ to_address: ada.email }])
  })

  it('have ids of letters and digits: any other id is one that nobody has', async t => {
    const { auth, token } = await setup(t)
    for (const path of ['/account/api-keys/', '/account/sessions/']) {
      const response = await auth.call('DELETE', `${path}${encodeURIComponent('<Þ\u{3af11}')}`, { token })
      assert.equal(response.status, 404)
    }
  })

  it('do not open the account, nor another user’s keys', async t => {
    const { auth, token } = await setup(t)
    const { key, id } = await created(auth, token, { scopes: ['jobs:read', 'jobs:write', 'files:read'] })
    for (const [method, path] of [
      ['GET', '/account/api-keys'],
      ['POST', '/account/api-keys'],
      ['DELETE', '/account/sessions'],
      ['POST', '/logout'],
    ] as const) {
      const response = await auth.call(method, path, { token: key })
      assert.equal(response.status, 403)
      assert.equal((await problemOf(response)).code, 'insufficient-scope')
    }
    const bob = { email: 'bob@example.com', password: ada.password }
    await auth.register(bob)
    const { access_token: his } = await loggedIn(auth, {}, bob)
    assert.equal((await auth.call('DELETE', `/account/api-keys/${id}`, { token: his })).status, 404)
    assert.deepEqual(await list(auth, his), [])
  })

  it('are 25 of a user at most, also when they are created at once', async t => {
    const { auth, token } = await setup(t)
    const body = { name: 'x', scopes: ['jobs:read'] }
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => auth.call('POST', '/account/api-keys', { token, body })),
    )
    assert.equal(answers.filter(({ status }) => status === 201).length, 25)
    const refused = answers.find(({ status }) => status === 409) as Response
    assert.equal((await problemOf(refused)).code, 'too-many-api-keys')
  })

  it('are refused with the account’s scope, without a name, or with unknown fields', async t => {
    const { auth, token } = await setup(t)
    for (const body of [
      { name: 'x', scopes: ['account'] },
      { name: 'x', scopes: [] },
      { name: '   ', scopes: ['jobs:read'] },
      { name: 'x'.repeat(101), scopes: ['jobs:read'] },
      { name: 'x', scopes: ['jobs:read'], expiresInDays: 0 },
      { name: 'x', scopes: ['jobs:read'], expiresInDays: 1e20 },
      { name: 'x', scopes: ['jobs:read'], roles: ['admin'] },
    ])
      assert.equal((await auth.call('POST', '/account/api-keys', { token, body })).status, 422)
  })
})
