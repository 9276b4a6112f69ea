import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import type { AdminAuditList, AdminUserList, AuditList, User } from '@jackalope/contracts'
import { createMysqlDatabase, runToEnd } from '@jackalope/local-servers/testing'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { ada, from, loggedIn, problemOf, serviceToken, startTestAuth } from '../support/test-auth.ts'

/** Ada is an admin, Bob a user. */
async function setup(t: TestContext) {
  const auth = await startTestAuth(t)
  const idOf = async (who: typeof ada) => ((await (await auth.register(who)).json()) as User).id
  const [adaId, bobId] = [await idOf(ada), await idOf(bob)]
  await auth.connection.query(`UPDATE users SET roles = '["user","admin"]' WHERE id = ?`, [adaId])
  const { access_token: token } = await loggedIn(auth, from('198.51.100.1'))
  const get = async <Body>(path: string) => {
    const response = await auth.call('GET', path, { token })
    assert.equal(response.status, 200, path)
    return (await response.json()) as Body
  }
  return { ...auth, adaId, bobId, token, json: get }
}

describe('An admin', () => {
  it('lists the users, newest first, and finds them by the beginning of their address', async t => {
    const { json, adaId, bobId } = await setup(t)
    const { users } = await json<AdminUserList>('/admin/users')
    assert.deepEqual(
      users.map(({ id }) => id),
      [bobId, adaId],
    )
    assert.deepEqual(users[1]?.roles, ['user', 'admin'])
    const first = await json<AdminUserList>('/admin/users?limit=1')
    const second = await json<AdminUserList>(first.next ?? '')
    assert.deepEqual([first.users[0]?.id, second.users[0]?.id, second.next], [bobId, adaId, undefined])
    const found = await json<AdminUserList>('/admin/users?email=BO')
    assert.deepEqual(
      found.users.map(({ email }) => email),
      [bob.email],
    )
    const named = await json<AdminUserList>(`/admin/users?ids=${adaId},${randomUUID()}`)
    assert.deepEqual(
      named.users.map(({ id }) => id),
      [adaId],
    )
    for (const none of ['%25', '_', 'ob', '%5C', "'"])
      assert.deepEqual((await json<AdminUserList>(`/admin/users?email=${none}`)).users, [], none)
  })

  it('locks an account: out at once, and in again when it is unlocked', async t => {
    const { token, bobId, call, login, json } = await setup(t)
    const bobs = await loggedIn({ login }, {}, bob)
    const locked = await call('POST', `/admin/users/${bobId}/lock`, { token })
    assert.equal(locked.status, 200)
    assert.ok(((await locked.json()) as { lockedAt?: string }).lockedAt)
    assert.equal((await call('GET', '/account', { token: bobs.access_token })).status, 401)
    const refresh = { refresh_token: bobs.refresh_token }
    assert.equal((await call('POST', '/refresh', { body: refresh })).status, 401)
    assert.notEqual((await login(bob.email, bob.password)).status, 200)
    const internal = await call('GET', `/internal/users/${bobId}`, { token: serviceToken })
    assert.equal(((await internal.json()) as { mayMail: boolean }).mayMail, false)
    const again = await call('POST', `/admin/users/${bobId}/lock`, { token })
    assert.equal(again.status, 200)
    assert.equal((await call('POST', `/admin/users/${bobId}/unlock`, { token })).status, 200)
    assert.equal((await login(bob.email, bob.password)).status, 200)
    const { entries } = await json<AdminAuditList>(`/admin/audit?userId=${bobId}&action=account-locked`)
    assert.equal(entries.length, 1)
  })

  it('is not shown to the user with his address', async t => {
    const { token, bobId, adaId, call, login } = await setup(t)
    await call('POST', `/admin/users/${bobId}/lock`, { token, headers: from('198.51.100.1') })
    await call('POST', `/admin/users/${bobId}/unlock`, { token, headers: from('198.51.100.1') })
    const bobs = await loggedIn({ login }, {}, bob)
    const text = await (await call('GET', '/account/audit', { token: bobs.access_token })).text()
    assert.doesNotMatch(text, new RegExp(`198\\.51\\.100\\.1|${adaId}`))
    const { entries } = JSON.parse(text) as AuditList
    assert.deepEqual(
      entries.filter(({ by }) => by === 'admin').map(({ action }) => action),
      ['account-unlocked', 'account-locked'],
    )
  })

  it('cannot lock himself, nor somebody who is not there', async t => {
    const { token, adaId, call } = await setup(t)
    const self = await call('POST', `/admin/users/${adaId}/lock`, { token })
    assert.equal((await problemOf(self)).code, 'own-account')
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const action of ['lock', 'unlock']) {
      const response = await call('POST', `/admin/users/${nobody}/${action}`, { token })
      assert.equal((await problemOf(response)).code, 'user-unknown')
      assert.equal((await call('POST', `/admin/users/x/${action}`, { token })).status, 404)
    }
  })

  it('searches the audit log of all', async t => {
    const { json, adaId, bobId, login, call, token } = await setup(t)
    await loggedIn({ login }, from('192.0.2.44'), bob)
    const ids = async (query: string) =>
      (await json<AdminAuditList>(`/admin/audit?${query}`)).entries.map(({ userId, action }) => [
        userId,
        action,
      ])
    assert.deepEqual(await ids('clientAddress=192.0.2.44'), [[bobId, 'logged-in']])
    assert.deepEqual(await ids(`actorId=${adaId}&action=registered`), [[adaId, 'registered']])
    assert.deepEqual(await ids('to=2001-01-01T00:00:00Z'), [])
    assert.equal((await ids('from=2001-01-01T00:00:00%2B01:00')).length, 4)
    const first = await json<AdminAuditList>(`/admin/audit?limit=1&userId=${bobId}`)
    assert.match(first.next ?? '', new RegExp(`^/admin/audit\\?limit=1&userId=${bobId}&before=\\d+$`))
    const second = await json<AdminAuditList>(first.next ?? '')
    assert.deepEqual([second.entries[0]?.action, second.next], ['registered', undefined])
    for (const wrong of [
      'action=x',
      'userId=x',
      'from=yesterday',
      'clientAddress=x',
      'to=9999999-01-01T00:00:00Z',
    ])
      assert.equal((await call('GET', `/admin/audit?${wrong}`, { token })).status, 400, wrong)
  })

  it('is nobody else: users are refused, and so is an admin who has lost his role', async t => {
    const { call, login, connection, adaId, bobId, token } = await setup(t)
    const bobs = (await loggedIn({ login }, {}, bob)).access_token
    const calls = [
      ['GET', '/admin/users'],
      ['GET', '/admin/audit'],
      ['POST', `/admin/users/${bobId}/lock`],
      ['POST', `/admin/users/${bobId}/unlock`],
    ] as const
    for (const [method, path] of calls) {
      assert.equal((await call(method, path, { token: bobs })).status, 403, path)
      assert.equal((await call(method, path)).status, 401, path)
    }
    await connection.query(`UPDATE users SET roles = '["user"]' WHERE id = ?`, [adaId])
    for (const [method, path] of calls) assert.equal((await call(method, path, { token })).status, 403, path)
  })
})

describe('What an admin does to the service', () => {
  it('is recorded as his, at the word of the gateway; of nobody else, and not once he is no admin', async t => {
    const { call, connection, adaId, bobId, token, json } = await setup(t)
    const record = (actorId: string, bearer = serviceToken, action = 'dead-letter-replayed') =>
      call('POST', '/internal/operations', {
        token: bearer,
        body: {
          ...{ actorId, action, clientAddress: '192.0.2.9', userAgent: 'x'.repeat(300) },
          detail: { queue: 'video.convert', id: 'v-1' },
        },
      })
    assert.equal((await record(adaId)).status, 204)
    const [entry] = (await json<AdminAuditList>('/admin/audit?action=dead-letter-replayed')).entries
    assert.deepEqual(
      [entry?.userId, entry?.actorId, entry?.clientAddress, entry?.userAgent, entry?.detail],
      [adaId, adaId, '192.0.2.9', 'x'.repeat(200), { queue: 'video.convert', id: 'v-1' }],
    )
    assert.equal((await problemOf(await record(bobId))).code, 'not-an-admin')
    assert.equal((await record(adaId, token)).status, 401)
    assert.equal((await record(adaId, serviceToken, 'account-locked')).status, 422)
    await connection.query('UPDATE users SET locked_at = NOW() WHERE id = ?', [adaId])
    assert.equal((await record(adaId)).status, 403)
  })
})

describe('grant-admin.ts', () => {
  const program = new URL('../../src/grant-admin.ts', import.meta.url).pathname
  const grant = (url: string, ...args: string[]) =>
    runToEnd(process.execPath, [program, ...args], { env: { MYSQL_URL: url } })

  it('makes nobody an admin who has not confirmed the address, unless no mail is sent', async t => {
    const auth = await startMailingAuth(t)
    await auth.register(ada)
    const refused = await grant(auth.url, ada.email)
    assert.equal(refused.exitCode, 1)
    assert.match(refused.stderr, /has not been confirmed/)
    assert.deepEqual((await auth.account(await auth.tokenOf())).roles, ['user'])
    const env = { MYSQL_URL: auth.url, MAIL: 'off' }
    assert.equal((await runToEnd(process.execPath, [program, ada.email], { env })).exitCode, 0)
  })

  it('makes a user an admin, on the record', async t => {
    const auth = await startMailingAuth(t)
    const { id } = await auth.verified()
    assert.equal((await grant(auth.url, 'ADA@example.com')).exitCode, 0)
    const again = await grant(auth.url, ada.email)
    assert.equal(again.exitCode, 0)
    assert.match(again.stdout, /is an admin already/)
    assert.deepEqual((await auth.account(await auth.tokenOf())).roles, ['user', 'admin'])
    assert.equal((await auth.actions(id)).filter(action => action === 'role-granted').length, 1)
  })

  it('says what is wrong', async t => {
    const { url } = await createMysqlDatabase(t)
    const unknown = await grant(url, 'nobody@example.com')
    assert.equal(unknown.exitCode, 1)
    assert.match(unknown.stderr, /Nobody has registered nobody@example\.com/)
    assert.equal((await grant(url)).exitCode, 64)
    const misplaced = await grant('mysql://me:hunter22@127.0.0.1:1', ada.email)
    assert.equal(misplaced.exitCode, 78)
    assert.doesNotMatch(misplaced.stderr, /hunter22/)
  })
})
