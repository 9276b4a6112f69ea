import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RowDataPacket } from 'mysql2/promise'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { ada, from, loggedIn, problemOf, serviceToken, startTestAuth } from '../support/test-auth.ts'

describe('DELETE /account', () => {
  it('removes user, sessions, API keys and links, and leaves no address behind', async t => {
    const auth = await startMailingAuth(t)
    const { id } = await auth.verified()
    const { access_token: token, refresh_token } = await loggedIn(auth, from('192.0.2.7'))
    const body = { name: 'backup', scopes: ['jobs:read'] }
    const made = await auth.call('POST', '/account/api-keys', { token, body })
    const { key } = (await made.json()) as { key: string }
    await auth.post('/password-reset', { email: ada.email })
    const reset = await auth.tokenTo(ada.email, 'password-reset')
    await auth.call('POST', '/account/email', { token, body: { ...bob, password: ada.password } })
    const gone = await auth.call('DELETE', '/account', { token, body: { password: ada.password } })
    assert.equal(gone.status, 204)

    assert.equal((await auth.login(ada.email, ada.password)).status, 401)
    assert.equal((await auth.call('GET', '/account', { token })).status, 401)
    assert.equal((await auth.post('/refresh', { refresh_token })).status, 401)
    const exchanged = await auth.call('POST', '/internal/api-keys/exchange', {
      token: serviceToken,
      body: { key },
    })
    assert.ok(exchanged.status >= 400)
    const password = 'another-Horse-10'
    assert.equal((await auth.post('/password-reset/confirm', { token: reset, password })).status, 400)
    for (const table of ['users', 'sessions', 'refresh_tokens', 'api_keys', 'one_time_tokens']) {
      const [rows] = await auth.connection.query<RowDataPacket[]>(`SELECT * FROM ${table}`)
      assert.deepEqual(rows, [], table)
    }
    // One mail is still to be sent.
    const [mails] = await auth.connection.query<RowDataPacket[]>(
      `SELECT * FROM account_mails WHERE to_address <> '' OR old_email IS NOT NULL OR new_email IS NOT NULL`,
    )
    assert.deepEqual(
      mails.map(({ kind, to_address }) => [kind, to_address]),
      [['account-deleted', ada.email]],
    )
    const [audit] = await auth.connection.query<RowDataPacket[]>('SELECT * FROM audit_log')
    assert.doesNotMatch(JSON.stringify(audit), /ada@|bob@|192\.0\.2\.7/)
    assert.equal((await auth.actions(id)).at(-1), 'account-deleted')
  })

  it('has jobs and files removed at once, and what came later a day after', async t => {
    const auth = await startMailingAuth(t)
    const { id } = await auth.verified()
    await auth.call('DELETE', '/account', {
      token: await auth.tokenOf(),
      body: { password: ada.password },
    })
    const erasures = (await auth.jobs()).filter(({ name }) => name === 'account.erase')
    assert.deepEqual(erasures, Array(2).fill({ name: 'account.erase', payload: { userId: id } }))
    const sql = `SELECT ROUND(TIMESTAMPDIFF(SECOND, created_at, due_at) / 3600) AS hours FROM jobs_outbox
      WHERE queue = 'account.erase' ORDER BY due_at`
    const [rows] = await auth.connection.query<RowDataPacket[]>(sql)
    assert.deepEqual(
      rows.map(({ hours }) => Number(hours)),
      [0, 24],
    )
  })

  it('needs the password', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada)
    const { access_token: token } = await loggedIn(auth)
    const refused = await auth.call('DELETE', '/account', { token, body: { password: 'wrong-Guess-99' } })
    assert.equal((await problemOf(refused)).code, 'password-wrong')
    assert.equal((await auth.call('DELETE', '/account', { token })).status, 422)
    assert.equal((await auth.login(ada.email, ada.password)).status, 200)
  })

  it('makes mails obsolete that were not sent yet, and the address free', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const sql = 'SELECT id FROM account_mails'
    const [[mail]] = await auth.connection.query<RowDataPacket[]>(sql)
    const token = await auth.tokenOf()
    await auth.call('DELETE', '/account', { token, body: { password: ada.password } })
    const response = await auth.call('GET', `/internal/account-mails/${mail?.id}`, { token: serviceToken })
    assert.equal(response.status, 410)
    assert.equal((await problemOf(response)).code, 'account-mail-obsolete')
    // Nobody had confirmed the address: it is not told.
    assert.deepEqual(await auth.mailsTo(ada.email), [])
    await auth.verified(ada)
    assert.equal((await auth.account(await auth.tokenOf())).emailVerified, true)
  })

  it('is done once when it is asked for many times at once', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada)
    const { access_token: token } = await loggedIn(auth)
    const body = { password: ada.password }
    const tries = Array.from({ length: 5 }, () => auth.call('DELETE', '/account', { token, body }))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    assert.equal(statuses.filter(status => status === 204).length, 1)
    assert.ok(
      statuses.every(status => [204, 401, 403].includes(status)),
      String(statuses),
    )
    const [[count]] = await auth.connection.query<RowDataPacket[]>('SELECT COUNT(*) AS jobs FROM jobs_outbox')
    assert.equal(count?.jobs, 2)
  })
})
