import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bob, type MailingAuth, startMailingAuth } from '../support/accounts.ts'
import { ada, from, loggedIn, problemOf } from '../support/test-auth.ts'

const next = 'another-Horse-10'

async function resetTo(auth: MailingAuth, email: string, password: string): Promise<number> {
  assert.equal((await auth.post('/password-reset', { email })).status, 202)
  const token = await auth.tokenTo(email, 'password-reset')
  return (await auth.post('/password-reset/confirm', { token, password })).status
}

describe('A password reset', () => {
  it('sets the password, ends all sessions and API keys, and tells the owner', async t => {
    const auth = await startMailingAuth(t)
    const { id } = await auth.verified()
    const session = await loggedIn(auth)
    const { access_token: token, refresh_token } = session
    const body = { name: 'backup', scopes: ['jobs:read'] }
    assert.equal((await auth.call('POST', '/account/api-keys', { token, body })).status, 201)
    assert.equal(await resetTo(auth, ada.email, next), 204)
    assert.equal((await auth.login(ada.email, ada.password)).status, 401)
    assert.equal((await auth.login(ada.email, next)).status, 200)
    assert.equal((await auth.post('/refresh', { refresh_token })).status, 401)
    assert.equal((await auth.call('GET', '/account', { token })).status, 401)
    const fresh = await loggedIn(auth, {}, { ...ada, password: next })
    const keys = await auth.call('GET', '/account/api-keys', { token: fresh.access_token })
    assert.deepEqual(((await keys.json()) as { apiKeys: unknown[] }).apiKeys, [])
    assert.equal((await auth.kindsTo(ada.email)).at(-1), 'password-changed')
    const actions = await auth.actions(id)
    assert.ok(actions.includes('password-reset-requested') && actions.includes('password-reset'))
  })

  it('lets the owner in again where others keep him out by guessing', async t => {
    const guessed = { loginLimits: { account: { points: 2, seconds: 3_600 } } }
    const auth = await startMailingAuth(t, guessed)
    await auth.verified()
    for (const place of [1, 2]) await auth.login(ada.email, 'wrong-Guess-99', from(`203.0.113.${place}`))
    const here = from('198.51.100.7')
    assert.equal((await auth.login(ada.email, ada.password, here)).status, 429)
    await auth.post('/password-reset', { email: ada.email }, here)
    const token = await auth.tokenTo(ada.email, 'password-reset')
    assert.equal((await auth.post('/password-reset/confirm', { token, password: next }, here)).status, 204)
    assert.equal((await auth.login(ada.email, next, here)).status, 200)
  })

  it('is to be had where the owner has logged in before, however many mails strangers have caused', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const ask = (address: string) => auth.post('/password-reset', { email: ada.email }, from(address))
    for (let network = 1; network <= 4; network += 1)
      await Promise.all([1, 2, 3].map(() => ask(`203.0.${network}.7`)))
    const before = (await auth.mailsTo(ada.email)).length
    const [home, elsewhere] = ['198.51.100.7', '198.51.101.7']
    await loggedIn(auth, from(home))
    await ask(elsewhere)
    assert.equal((await auth.mailsTo(ada.email)).length, before)
    for (let times = 0; times < 4; times += 1) await ask(home)
    assert.equal((await auth.mailsTo(ada.email)).length, before + 3)
  })

  it('takes from places where somebody else had logged in what they were allowed', async t => {
    const few = { loginLimits: { account: { points: 2, seconds: 3_600 } } }
    const auth = await startMailingAuth(t, few)
    await auth.verified()
    const thief = from('203.0.113.9')
    await loggedIn(auth, thief)
    assert.equal(await resetTo(auth, ada.email, next), 204)
    const statuses = []
    for (let times = 0; times < 3; times += 1)
      statuses.push((await auth.login(ada.email, 'wrong-Guess-99', thief)).status)
    assert.deepEqual(statuses, [401, 401, 429])
  })

  it('works once, and its other links are void then', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    await auth.post('/password-reset', { email: ada.email })
    const first = await auth.tokenTo(ada.email, 'password-reset')
    await auth.post('/password-reset', { email: ada.email })
    const second = await auth.tokenTo(ada.email, 'password-reset')
    const confirm = (token: string, password: string) =>
      auth.post('/password-reset/confirm', { token, password })
    const uses = await Promise.all([1, 2, 3, 4].map(each => confirm(first, `${next}-${each}`)))
    assert.deepEqual(uses.map(({ status }) => status).sort(), [204, 400, 400, 400])
    assert.equal((await confirm(second, next)).status, 400)
  })

  it('answers alike and in the same time for an address without an account, whose owner gets nothing', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const ask = async (email: string) => {
      const startedAt = performance.now()
      const response = await auth.post('/password-reset', { email })
      const tookMs = performance.now() - startedAt
      const text = await response.text()
      return { tookMs, seen: { status: response.status, text, headers: [...response.headers.keys()] } }
    }
    const [known, unknown] = [await ask(ada.email), await ask('nobody@example.com')]
    assert.deepEqual(known.seen, unknown.seen)
    for (const { tookMs } of [known, unknown]) assert.ok(tookMs > 490, `${tookMs} ms`)
    assert.ok(Math.abs(known.tookMs - unknown.tookMs) < 50, `${known.tookMs} | ${unknown.tookMs}`)
    assert.deepEqual(await auth.mailsTo('nobody@example.com'), [])
  })

  it('sends few mails, from one network fewer than from everywhere', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const ask = (address: string) => auth.post('/password-reset', { email: ada.email }, from(address))
    const resets = async () =>
      (await auth.kindsTo(ada.email)).filter(kind => kind === 'password-reset').length
    await Promise.all(Array.from({ length: 8 }, () => ask('192.0.2.1')))
    assert.equal(await resets(), 3)
    await Promise.all(Array.from({ length: 12 }, (_, index) => ask(`198.51.${index}.1`)))
    assert.equal(await resets(), 9)
  })

  it('verifies the address, and throws out who had registered it before its owner', async t => {
    const auth = await startMailingAuth(t)
    // Mallory registers Ada's address with his own password, logs in, makes a key, and waits.
    const mallory = { email: ada.email, password: 'mallory-Waits-42' }
    await auth.register(mallory)
    const { access_token: token, refresh_token } = await loggedIn(auth, {}, mallory)
    const body = { name: 'back door', scopes: ['jobs:read', 'files:read'] }
    const made = await auth.call('POST', '/account/api-keys', { token, body })
    const { key } = (await made.json()) as { key: string }
    const email = { email: 'mallory@example.com', password: mallory.password }
    assert.equal((await auth.call('POST', '/account/email', { token, body: email })).status, 202)
    const change = await auth.tokenTo('mallory@example.com', 'email-change-confirm')
    const verification = await auth.tokenTo(ada.email, 'verify-email')
    // Ada registers, is told that there is an account, and asks for a new password.
    assert.equal((await auth.register(ada)).status, 201)
    assert.ok((await auth.kindsTo(ada.email)).includes('already-registered'))
    assert.equal(await resetTo(auth, ada.email, next), 204)
    const fresh = await loggedIn(auth, {}, { ...ada, password: next })
    assert.equal((await auth.account(fresh.access_token)).emailVerified, true)
    assert.equal((await auth.login(ada.email, mallory.password)).status, 401)
    assert.equal((await auth.post('/refresh', { refresh_token })).status, 401)
    assert.equal((await auth.call('GET', '/account', { token })).status, 401)
    assert.equal((await auth.call('GET', '/account', { token: key })).status, 401)
    assert.equal((await auth.post('/account/email/confirm', { token: change })).status, 400)
    assert.equal((await auth.post('/verify-email', { token: verification })).status, 400)
    assert.equal((await auth.account(fresh.access_token)).email, ada.email)
  })

  it('is void when the address of the account has changed since', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    await auth.post('/password-reset', { email: ada.email })
    const reset = await auth.tokenTo(ada.email, 'password-reset')
    const token = await auth.tokenOf()
    await auth.call('POST', '/account/email', { token, body: { password: ada.password, email: bob.email } })
    const change = await auth.tokenTo(bob.email, 'email-change-confirm')
    assert.equal((await auth.post('/account/email/confirm', { token: change })).status, 204)
    assert.equal((await auth.post('/password-reset/confirm', { token: reset, password: next })).status, 400)
    assert.equal((await auth.login(bob.email, ada.password)).status, 200)
  })

  it('expires after an hour', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    await auth.post('/password-reset', { email: ada.email })
    const token = await auth.tokenTo(ada.email, 'password-reset')
    const mail = (await auth.mailsTo(ada.email)).at(-1)
    const lifeMs = Date.parse(mail?.linkExpiresAt ?? '') - Date.parse(mail?.createdAt ?? '')
    assert.ok(Math.abs(lifeMs - 3_600_000) < 1_000)
    await auth.connection.query('UPDATE one_time_tokens SET expires_at = NOW(3) - INTERVAL 1 DAY')
    const late = await auth.post('/password-reset/confirm', { token, password: next })
    assert.equal((await problemOf(late)).code, 'one-time-token-invalid')
  })
})
