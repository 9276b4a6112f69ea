import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type AccountRecords, type AuditEntryView, type AuditList, auditAction } from '@jackalope/contracts'
import { onEnd } from '@jackalope/local-servers/testing'
import { createAuditLog } from '../../src/audit/audit-log.ts'
import { openDatabase } from '../../src/database/database.ts'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { ada, from, loggedIn, startTestAuth, type TestAuth } from '../support/test-auth.ts'

async function entriesOf(auth: TestAuth, token: string, query = ''): Promise<AuditList> {
  const response = await auth.call('GET', `/account/audit${query}`, { token })
  assert.equal(response.status, 200)
  return (await response.json()) as AuditList
}

describe('GET /account/audit', () => {
  it('tells who did what, from where and when, newest first', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada, { ...from('192.0.2.7'), 'User-Agent': 'curl/8.5.0' })
    const { access_token: token } = await loggedIn(auth, {
      ...from('2001:db8::9'),
      'User-Agent': 'x'.repeat(900),
    })
    const { entries, next } = await entriesOf(auth, token)
    assert.equal(next, undefined)
    const [login, registration] = entries as [AuditEntryView, AuditEntryView]
    assert.deepEqual(
      [login.action, login.by, login.clientAddress, login.userAgent],
      ['logged-in', 'user', '2001:db8::9', 'x'.repeat(200)],
    )
    assert.deepEqual(
      [registration.action, registration.by, registration.clientAddress, registration.userAgent],
      ['registered', 'user', '192.0.2.7', 'curl/8.5.0'],
    )
    assert.ok(Math.abs(Date.parse(login.at) - Date.now()) < 60_000)
  })

  it('comes in pages, and holds nothing of anybody else', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada)
    await auth.register(bob)
    for (let times = 0; times < 4; times += 1) await loggedIn(auth, {}, bob)
    const { access_token: token } = await loggedIn(auth)
    for (let times = 0; times < 4; times += 1) await loggedIn(auth)
    const seen: string[] = []
    let query = '?limit=2'
    for (let page = 0; page < 3; page += 1) {
      const { entries, next } = await entriesOf(auth, token, query)
      seen.push(...entries.map(({ action }) => action))
      query = next?.replace('/account/audit', '') ?? ''
    }
    assert.equal(query, '')
    assert.deepEqual(seen, [...Array(5).fill('logged-in'), 'registered'])
    for (const wrong of ['?limit=0', '?limit=101', '?before=x', '?before=-1', '?user=x', '?limit=1&limit=2'])
      assert.equal((await auth.call('GET', `/account/audit${wrong}`, { token })).status, 400, wrong)
  })
})

describe('GET /internal/account-export', () => {
  it('gives all that is known, and no secret', async t => {
    const auth = await startMailingAuth(t)
    await auth.verified()
    const { access_token: token, refresh_token } = await loggedIn(auth)
    const body = { name: 'backup', scopes: ['jobs:read'] }
    const made = await auth.call('POST', '/account/api-keys', { token, body })
    const { key } = (await made.json()) as { key: string }
    const response = await auth.call('GET', '/internal/account-export', { token })
    assert.equal(response.status, 200)
    const text = await response.text()
    for (const secret of [key, refresh_token, token, 'argon2']) assert.ok(!text.includes(secret ?? 'missing'))
    const { account, sessions, apiKeys, audit } = JSON.parse(text) as AccountRecords
    assert.equal(account.email, ada.email)
    assert.equal(sessions.length, 1)
    assert.equal(apiKeys[0]?.name, 'backup')
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['account-exported', 'api-key-created', 'logged-in', 'email-verified', 'registered'],
    )
  })
})

describe('The audit log', () => {
  it('forgets entries of a certain age', async t => {
    const { url, connection } = await startTestAuth(t)
    const database = openDatabase(url)
    onEnd(t, () => database.close())
    await database.prepare(new AbortController().signal)
    const audit = createAuditLog(database)
    for (let entry = 0; entry < 5; entry += 1)
      await database.transaction(transaction =>
        audit.record({ userId: `user ${entry}`, action: 'logged-in' }, transaction),
      )
    await connection.query('UPDATE audit_log SET at = at - INTERVAL 2 DAY WHERE id <= 3')
    const yesterday = new Date(Date.now() - 86_400_000)
    assert.equal(await audit.removeBefore(yesterday, 2), 2)
    assert.equal(await audit.removeBefore(yesterday, 2), 1)
    assert.deepEqual(
      (await audit.list({ limit: 10 })).map(({ userId }) => userId),
      ['user 4', 'user 3'],
    )
  })

  it('has a name for every action that fits its column', () => {
    for (const action of auditAction.options) assert.match(action, /^[a-z-]{1,40}$/)
  })
})
