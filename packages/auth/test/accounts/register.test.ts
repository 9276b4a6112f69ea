import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { User } from '@jackalope/contracts'
import type { RowDataPacket } from 'mysql2/promise'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { ada, from, problemOf, startTestAuth } from '../support/test-auth.ts'

describe('POST /register with mail on', () => {
  it('sends a link that verifies the address, and records both', async t => {
    const auth = await startMailingAuth(t)
    const user = (await (await auth.register(ada, from('192.0.2.7'))).json()) as User
    const [mail] = await auth.mailsTo(ada.email)
    assert.equal(mail?.kind, 'verify-email')
    assert.match(mail?.linkPath ?? '', /^\/verify-email\?token=[\w.-]+$/)
    assert.equal(mail?.clientAddress, '192.0.2.7')
    assert.equal((await auth.account(await auth.tokenOf())).emailVerified, false)
    const token = await auth.tokenTo(ada.email, 'verify-email')
    assert.equal((await auth.post('/verify-email', { token })).status, 204)
    assert.equal((await auth.account(await auth.tokenOf())).emailVerified, true)
    assert.deepEqual(
      (await auth.actions(user.id)).filter(action => action !== 'logged-in'),
      ['registered', 'email-verified'],
    )
  })

  it('answers alike for an address that is taken, and tells its owner alone', async t => {
    const auth = await startMailingAuth(t)
    const user = await auth.verified(ada)
    const answers = []
    for (const body of [{ ...ada, password: 'stranger-Danger-3' }, bob]) {
      const response = await auth.register(body)
      const { id, email, ...rest } = (await response.json()) as User
      answers.push({ status: response.status, headers: [...response.headers.keys()].sort(), rest })
      assert.match(id, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
      assert.equal(email, body.email)
      assert.notEqual(id, user.id)
    }
    assert.deepEqual(answers[0], answers[1])
    assert.deepEqual(await auth.kindsTo(ada.email), [undefined, 'already-registered'])
    assert.equal((await auth.login(ada.email, 'stranger-Danger-3')).status, 401)
    assert.equal((await auth.login(ada.email, ada.password)).status, 200)
  })

  it('takes the same time for an address that is taken', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified(ada)
    const timesOf = async (email: (round: number) => string) => {
      const times: number[] = []
      for (let round = 0; round < 6; round += 1) {
        const startedAt = performance.now()
        await auth.register({ email: email(round), password: bob.password }, from(`192.0.2.${round}`))
        times.push(performance.now() - startedAt)
      }
      return times
    }
    const taken = await timesOf(() => ada.email)
    const free = await timesOf(round => `new-${round}@example.com`)
    // The work takes less than half a second, and the answer half a second: nothing of the difference is left.
    for (const tookMs of [...taken, ...free]) assert.ok(tookMs > 490, `${tookMs} ms`)
    assert.ok(Math.abs(Math.min(...taken) - Math.min(...free)) < 50, `${taken} | ${free}`)
  })

  it('does not let strangers fill a mailbox', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified(ada)
    const tries = Array.from({ length: 40 }, (_, index) =>
      auth.register({ ...ada, password: bob.password }, from(`192.0.${index % 8}.1`)),
    )
    for (const response of await Promise.all(tries)) assert.equal(response.status, 201)
    // The mail of the registration is one of ten a day.
    const strangers = (await auth.kindsTo(ada.email)).filter(kind => kind === 'already-registered')
    assert.equal(strangers.length, 9)
  })

  it('gives exactly one account to many registrations of an address at once', async t => {
    const auth = await startMailingAuth(t)
    const tries = Array.from({ length: 12 }, (_, index) =>
      auth.register({ ...ada, password: `${ada.password}-${index}` }, from(`192.0.${index}.1`)),
    )
    for (const response of await Promise.all(tries)) assert.equal(response.status, 201)
    const kinds = await auth.kindsTo(ada.email)
    assert.equal(kinds.filter(kind => kind === 'verify-email').length, 1)
    const [[count]] = await auth.connection.query<RowDataPacket[]>('SELECT COUNT(*) AS users FROM users')
    assert.equal(count?.users, 1)
  })
})

describe('POST /register with mail off', () => {
  it('verifies nothing, sends nothing, and says that an address is taken', async t => {
    const auth = await startTestAuth(t)
    assert.equal((await auth.register(ada)).status, 201)
    const taken = await auth.register(ada)
    assert.equal(taken.status, 409)
    assert.equal((await problemOf(taken)).code, 'email-taken')
    const [rows] = await auth.connection.query('SELECT * FROM account_mails')
    assert.deepEqual(rows, [])
    const reset = await auth.call('POST', '/password-reset', { body: { email: ada.email } })
    assert.equal((await problemOf(reset)).code, 'mail-off')
  })
})
