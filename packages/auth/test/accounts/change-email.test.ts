import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bob, type MailingAuth, startMailingAuth } from '../support/accounts.ts'
import { ada, problemOf, startTestAuth } from '../support/test-auth.ts'

const newEmail = 'ada@new.example.com'

function ask(auth: MailingAuth, token: string, email = newEmail, password = ada.password): Promise<Response> {
  return auth.call('POST', '/account/email', { token, body: { email, password } })
}

describe('A change of address', () => {
  it('takes effect when the new address is confirmed, and tells both', async t => {
    const auth = await startMailingAuth(t)
    const { id } = await auth.verified()
    const token = await auth.tokenOf()
    assert.equal((await ask(auth, token, newEmail.toUpperCase())).status, 202)
    const pending = await auth.account(token)
    assert.deepEqual([pending.email, pending.pendingEmail], [ada.email, newEmail])
    const link = await auth.tokenTo(newEmail, 'email-change-confirm')
    assert.equal((await auth.post('/account/email/confirm', { token: link })).status, 204)
    const { pendingEmail, ...changed } = await auth.account(token)
    assert.deepEqual([changed.email, changed.emailVerified, pendingEmail], [newEmail, true, undefined])
    for (const address of [ada.email, newEmail]) {
      const mail = (await auth.mailsTo(address)).at(-1)
      assert.deepEqual([mail?.kind, mail?.oldEmail, mail?.newEmail], ['email-changed', ada.email, newEmail])
    }
    assert.equal((await auth.login(ada.email, ada.password)).status, 401)
    assert.equal((await auth.login(newEmail, ada.password)).status, 200)
    const actions = (await auth.actions(id)).filter(action => action.startsWith('email-change'))
    assert.deepEqual(actions, ['email-change-requested', 'email-changed'])
    assert.equal((await auth.post('/account/email/confirm', { token: link })).status, 400)
  })

  it('needs the password', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const refused = await ask(auth, await auth.tokenOf(), newEmail, 'wrong-Guess-99')
    assert.equal((await problemOf(refused)).code, 'password-wrong')
    assert.deepEqual(await auth.mailsTo(newEmail), [])
  })

  it('goes to the last address that was wished for', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const token = await auth.tokenOf()
    await ask(auth, token, 'first@example.com')
    const first = await auth.tokenTo('first@example.com', 'email-change-confirm')
    await ask(auth, token, 'second@example.com')
    const second = await auth.tokenTo('second@example.com', 'email-change-confirm')
    assert.equal((await auth.post('/account/email/confirm', { token: first })).status, 400)
    assert.equal((await auth.post('/account/email/confirm', { token: second })).status, 204)
  })

  it('to the address of somebody else looks the same, and tells only him', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    await auth.verified(bob)
    const token = await auth.tokenOf()
    const answers = []
    for (const email of [newEmail, bob.email]) {
      const startedAt = performance.now()
      const response = await ask(auth, token, email)
      assert.ok(performance.now() - startedAt > 490)
      answers.push([response.status, await response.text(), [...response.headers.keys()]])
      assert.equal((await auth.account(token)).pendingEmail, email)
    }
    assert.deepEqual(answers[0], answers[1])
    assert.equal((await auth.kindsTo(bob.email)).at(-1), 'already-registered')
  })

  it('that somebody else was faster with is refused, and changes nothing', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    await ask(auth, await auth.tokenOf())
    const link = await auth.tokenTo(newEmail, 'email-change-confirm')
    await auth.register({ ...bob, email: newEmail })
    const refused = await auth.post('/account/email/confirm', { token: link })
    assert.equal(refused.status, 409)
    assert.equal((await problemOf(refused)).code, 'email-taken')
    assert.equal((await auth.login(ada.email, ada.password)).status, 200)
  })

  it('is limited as registrations are, since it sends mails to strangers', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const token = await auth.tokenOf()
    // The own address is refused at once, and counts all the same.
    for (let times = 0; times < 30; times += 1) assert.equal((await ask(auth, token, ada.email)).status, 409)
    const refused = await problemOf(await ask(auth, token, 'stranger@example.com'))
    assert.equal(refused.code, 'rate-limited')
  })

  it('shows the wish also when the address has got too many mails', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const token = await auth.tokenOf()
    for (let times = 0; times < 4; times += 1) await ask(auth, token)
    assert.equal((await auth.mailsTo(newEmail)).length, 3)
    assert.equal((await auth.account(token)).pendingEmail, newEmail)
  })

  it('does not let a stranger fill a mailbox, with however many accounts', async t => {
    const auth = await startMailingAuth(t)
    for (let account = 0; account < 3; account += 1) {
      const who = { ...ada, email: `ada-${account}@example.com` }
      await auth.register(who)
      const token = await auth.tokenOf(who)
      for (let times = 0; times < 3; times += 1)
        assert.equal((await ask(auth, token, 'victim@example.com')).status, 202)
    }
    const mails = await auth.mailsTo('victim@example.com')
    assert.equal(mails.length, 3)
  })

  it('verifies an address that was mistyped at the registration', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const token = await auth.tokenOf()
    const wrong = await auth.tokenTo(ada.email, 'verify-email')
    await ask(auth, token)
    const link = await auth.tokenTo(newEmail, 'email-change-confirm')
    assert.equal((await auth.post('/account/email/confirm', { token: link })).status, 204)
    assert.equal((await auth.account(token)).emailVerified, true)
    assert.equal((await auth.post('/verify-email', { token: wrong })).status, 400)
    // Nobody had confirmed the old address: it is told nothing.
    assert.deepEqual(await auth.kindsTo(ada.email), [undefined])
  })

  it('takes effect at once where no mail is sent', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada)
    await auth.register(bob)
    const token = await (await auth.login(ada.email, ada.password, { Accept: 'text/plain' })).text()
    const change = (email: string) =>
      auth.call('POST', '/account/email', { token, body: { email, password: ada.password } })
    assert.equal((await change(newEmail)).status, 204)
    assert.equal((await auth.login(newEmail, ada.password)).status, 200)
    for (const email of [bob.email, newEmail]) assert.equal((await change(email)).status, 409)
  })
})
