import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { ada, loggedIn, problemOf } from '../support/test-auth.ts'

const next = 'another-Horse-10'
const change = { current_password: ada.password, new_password: next }

describe('POST /account/password', () => {
  it('changes it, ends the other sessions, keeps API keys, and tells the owner', async t => {
    const auth = await startMailingAuth(t)
    const { id } = await auth.verified()
    const other = await loggedIn(auth)
    const token = await auth.tokenOf()
    const key = { name: 'backup', scopes: ['jobs:read'] }
    await auth.call('POST', '/account/api-keys', { token, body: key })
    assert.equal((await auth.call('POST', '/account/password', { token, body: change })).status, 204)
    assert.equal((await auth.call('GET', '/account', { token })).status, 200)
    assert.equal((await auth.call('GET', '/account', { token: other.access_token })).status, 401)
    assert.equal((await auth.post('/refresh', { refresh_token: other.refresh_token })).status, 401)
    assert.equal((await auth.login(ada.email, ada.password)).status, 401)
    assert.equal((await auth.login(ada.email, next)).status, 200)
    const keys = await auth.call('GET', '/account/api-keys', { token })
    assert.equal(((await keys.json()) as { apiKeys: unknown[] }).apiKeys.length, 1)
    assert.equal((await auth.kindsTo(ada.email)).at(-1), 'password-changed')
    assert.ok((await auth.actions(id)).includes('password-changed'))
  })

  it('makes useless the links that were sent before', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const token = await auth.tokenOf()
    await auth.post('/password-reset', { email: ada.email })
    const reset = await auth.tokenTo(ada.email, 'password-reset')
    await auth.call('POST', '/account/email', { token, body: { ...bob, password: ada.password } })
    const email = await auth.tokenTo(bob.email, 'email-change-confirm')
    assert.equal((await auth.call('POST', '/account/password', { token, body: change })).status, 204)
    assert.equal((await auth.post('/password-reset/confirm', { token: reset, password: next })).status, 400)
    assert.equal((await auth.post('/account/email/confirm', { token: email })).status, 400)
  })

  it('needs the current one, which a stolen token cannot guess', async t => {
    const auth = await startMailingAuth(t, {
      loginLimits: { accountAndAddress: { points: 4, seconds: 900 } },
    })
    await auth.verified()
    const token = await auth.tokenOf()
    const guess = (current_password: string) =>
      auth.call('POST', '/account/password', { token, body: { ...change, current_password } })
    const wrong = await guess('wrong-Guess-99')
    assert.equal(wrong.status, 403)
    assert.equal((await problemOf(wrong)).code, 'password-wrong')
    const guesses = await Promise.all(Array.from({ length: 10 }, (_, index) => guess(`wrong-Guess-${index}`)))
    assert.equal(guesses.filter(({ status }) => status === 429).length, 7)
    assert.equal((await guess(ada.password)).status, 429)
  })

  it('lets one of two changes at once win', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const token = await auth.tokenOf()
    const changes = [1, 2, 3].map(each =>
      auth.call('POST', '/account/password', { token, body: { ...change, new_password: `${next}-${each}` } }),
    )
    const statuses = (await Promise.all(changes)).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [204, 403, 403])
  })

  it('is not for API keys', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const token = await auth.tokenOf()
    const body = { name: 'all', scopes: ['jobs:read', 'jobs:write', 'files:read'] }
    const made = await auth.call('POST', '/account/api-keys', { token, body })
    const { key } = (await made.json()) as { key: string }
    for (const [method, path] of [
      ['POST', '/account/password'],
      ['POST', '/account/email'],
      ['DELETE', '/account'],
      ['GET', '/account'],
      ['GET', '/internal/account-export'],
      ['GET', '/account/audit'],
      ['GET', '/admin/users'],
    ] as const)
      assert.equal((await auth.call(method, path, { token: key })).status, 403, path)
  })
})
