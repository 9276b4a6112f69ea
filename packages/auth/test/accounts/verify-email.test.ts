import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { ada, from, problemOf, serviceToken } from '../support/test-auth.ts'

describe('A link that verifies an address', () => {
  it('works once', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const token = await auth.tokenTo(ada.email, 'verify-email')
    assert.equal((await auth.post('/verify-email', { token })).status, 204)
    const again = await auth.post('/verify-email', { token })
    assert.equal(again.status, 400)
    assert.equal((await problemOf(again)).code, 'one-time-token-invalid')
  })

  it('works once when it is used many times at once', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const token = await auth.tokenTo(ada.email, 'verify-email')
    const uses = await Promise.all(Array.from({ length: 10 }, () => auth.post('/verify-email', { token })))
    assert.deepEqual(uses.map(({ status }) => status).sort(), [204, ...Array(9).fill(400)])
  })

  it('is good for nothing else, and no other link for it', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const token = await auth.tokenTo(ada.email, 'verify-email')
    await auth.post('/password-reset', { email: ada.email })
    const reset = await auth.tokenTo(ada.email, 'password-reset')
    const password = 'taken-Over-1234'
    assert.equal((await auth.post('/password-reset/confirm', { token, password })).status, 400)
    assert.equal((await auth.post('/account/email/confirm', { token })).status, 400)
    assert.equal((await auth.post('/verify-email', { token: reset })).status, 400)
    const [id] = reset.split('.')
    const [, signature] = token.split('.')
    assert.equal((await auth.post('/verify-email', { token: `${id}.${signature}` })).status, 400)
    assert.equal((await auth.post('/verify-email', { token })).status, 204)
  })

  it('cannot be made of what the database holds', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const token = await auth.tokenTo(ada.email, 'verify-email')
    const [, signature = ''] = token.split('.')
    for (const table of ['users', 'one_time_tokens', 'account_mails', 'jobs_outbox', 'audit_log']) {
      const [rows] = await auth.connection.query(`SELECT * FROM ${table}`)
      assert.doesNotMatch(JSON.stringify(rows), new RegExp(signature), table)
    }
  })

  it('is refused, whatever it looks like', async t => {
    const auth = await startMailingAuth(t)
    for (const token of ['', 'x', '.', `${'a'.repeat(22)}.${'b'.repeat(43)}`, "' OR 1=1 --", '\u0000'])
      assert.equal((await auth.post('/verify-email', { token })).status, 400, token)
    for (const token of [7, null, {}, 'x'.repeat(1_000)])
      assert.equal((await auth.post('/verify-email', { token })).status, 422)
  })

  it('expires', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const token = await auth.tokenTo(ada.email, 'verify-email')
    await auth.connection.query('UPDATE one_time_tokens SET expires_at = created_at')
    assert.equal((await auth.post('/verify-email', { token })).status, 400)
    assert.deepEqual(await auth.mailsTo(ada.email), [undefined])
  })

  it('is sent again on request, but not without end', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada, from('192.0.2.1'))
    const token = await auth.tokenOf()
    for (let times = 0; times < 6; times += 1) {
      const headers = from('192.0.2.1')
      assert.equal((await auth.call('POST', '/verify-email/resend', { token, headers })).status, 202)
    }
    assert.deepEqual(await auth.kindsTo(ada.email), Array(3).fill('verify-email'))
    await auth.post('/verify-email', { token: await auth.tokenTo(ada.email, 'verify-email') })
    const needless = await auth.call('POST', '/verify-email/resend', { token })
    assert.equal((await problemOf(needless)).code, 'email-verified-already')
  })

  it('is all that an unverified address gets', async t => {
    const auth = await startMailingAuth(t)
    const user = (await (await auth.register(bob)).json()) as { id: string }
    const ask = async () =>
      (await auth.call('GET', `/internal/users/${user.id}`, { token: serviceToken })).json()
    const settings = { notices: true, language: 'en' }
    const unverified = { ...user, ...settings, emailVerified: false, mayMail: false }
    assert.deepEqual(await ask(), unverified)
    await auth.post('/verify-email', { token: await auth.tokenTo(bob.email, 'verify-email') })
    assert.deepEqual(await ask(), { ...unverified, emailVerified: true, mayMail: true })
  })
})
