import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type { RowDataPacket } from 'mysql2/promise'
import { bob, startMailingAuth } from '../support/accounts.ts'
import { browsersOf } from '../support/browsers.ts'
import { ada, from, problemOf, serviceToken } from '../support/test-auth.ts'

async function setup(t: TestContext, options: object = {}) {
  const auth = await startMailingAuth(t, { GUESTS: 'on', ...options })
  const usersOf = async () => (await auth.connection.query<RowDataPacket[]>('SELECT * FROM users'))[0]
  return { auth, browsers: browsersOf(auth), usersOf }
}

test('a guest has no address, no scope of an account, and an end', async t => {
  const { auth, browsers } = await setup(t)
  const { token, user, scopes, expiresAt } = await browsers.guest()
  assert.equal(user.expiresAt, expiresAt)
  assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 3_600_000) < 60_000)
  assert.deepEqual(
    { ...user, expiresAt },
    { id: user.id, roles: ['guest'], verified: false, guest: true, expiresAt },
  )
  assert.deepEqual(scopes, ['jobs:read', 'jobs:write', 'files:read'])
  const requests: [string, string, unknown?][] = [
    ['POST', '/account/api-keys', { name: 'k', scopes: ['jobs:read'] }],
    ['POST', '/account/webhooks', { url: 'https://hooks.example.com/' }],
    ['POST', '/account/email', { email: 'eve@example.com', password: '' }],
    ['POST', '/account/password', { current_password: '', new_password: 'another-Horse-99' }],
    ['DELETE', '/account', { password: '' }],
    ['GET', '/account'],
    ['PATCH', '/account', { notices: true }],
    ['POST', '/verify-email/resend'],
    ['GET', '/admin/users'],
  ]
  for (const [method, path, body] of requests)
    assert.equal(
      (await problemOf(await browsers.call(method, path, token, body))).code,
      'insufficient-scope',
      path,
    )
  const internal = await auth.call('GET', `/internal/users/${user.id}`, { token: serviceToken })
  const { mayMail, emailVerified } = (await internal.json()) as Record<string, unknown>
  assert.deepEqual([mayMail, emailVerified], [false, false])
  // Nobody logs in as a guest, who has no address and no password.
  for (const email of ['', user.id])
    assert.equal((await browsers.ask('', { email, password: '' })).status, 401)
  assert.deepEqual((await auth.jobs()).length, 0)
})

test('guests are refused where they are off, and few begin from one address', async t => {
  const { browsers, auth } = await setup(t)
  for (let made = 0; made < 10; made += 1) await browsers.guest()
  const refused = await browsers.ask('/guest')
  assert.deepEqual([refused.status, (await problemOf(refused)).code], [429, 'rate-limited'])
  await browsers.guest(from('198.51.100.7'))
  const service = await auth.call('GET', '/internal/service', { token: serviceToken })
  assert.deepEqual(await service.json(), { registration: true, mail: true, guests: { keptSeconds: 3_600 } })
  const off = await setup(t, { GUESTS: 'off' })
  assert.equal((await problemOf(await off.browsers.ask('/guest'))).code, 'guests-off')
})

test('when his time is over a guest is removed with his files', async t => {
  // Auth looks for such guests as often as they are kept.
  const { auth, browsers, usersOf } = await setup(t, { GUEST_KEPT_SECONDS: 1 })
  await auth.verified()
  const { token, user } = await browsers.guest()
  await until(async () => (await usersOf()).length === 1)
  assert.equal(await browsers.exchange(token), undefined)
  const jobs = (await auth.jobs()).filter(({ name }) => name === 'account.erase')
  assert.deepEqual(
    jobs.map(({ payload }) => JSON.stringify(payload).includes(user.id)),
    [true, true],
  )
  assert.deepEqual(await auth.actions(user.id), ['guest-created', 'logged-in', 'account-deleted'])
  // A locked guest goes, too.
  const locked = await browsers.guest()
  await auth.connection.query('UPDATE users SET locked_at = NOW(3) WHERE id = ?', [locked.user.id])
  await until(async () => (await usersOf()).length === 1)
})

test("a guest who registers keeps his account's files, and signs in again", async t => {
  const { auth, browsers, usersOf } = await setup(t)
  const { token, user } = await browsers.guest()
  const registered = await browsers.call('POST', '/register', token, ada)
  assert.deepEqual([registered.status, await registered.json()], [201, { id: user.id, email: ada.email }])
  // Somebody may have planted the guest's session in this browser.
  assert.equal(await browsers.exchange(token), undefined)
  const signedIn = await browsers.signIn()
  assert.deepEqual(signedIn.user, {
    id: user.id,
    email: ada.email,
    roles: ['user'],
    verified: false,
    guest: false,
  })
  const [row] = await usersOf()
  assert.equal(row?.expires_at, null)
  assert.deepEqual(await auth.kindsTo(ada.email), ['verify-email'])
})

test('a guest learns nothing when the address is taken, and goes on', async t => {
  const { auth, browsers, usersOf } = await setup(t)
  await auth.verified(bob)
  const { token, user } = await browsers.guest()
  const response = await browsers.call('POST', '/register', token, { ...ada, email: bob.email })
  const { id, email } = (await response.json()) as { id: string; email: string }
  assert.deepEqual([response.status, email], [201, bob.email])
  assert.notEqual(id, user.id)
  assert.equal((await browsers.exchange(token))?.user.guest, true)
  assert.equal((await usersOf()).length, 2)
  assert.deepEqual((await auth.kindsTo(bob.email)).at(-1), 'already-registered')
  // An account that is signed in is nobody's to change.
  const signedIn = await browsers.signIn(bob)
  assert.equal((await browsers.call('POST', '/register', signedIn.token, ada)).status, 201)
  assert.equal((await browsers.exchange(signedIn.token))?.user.email, bob.email)
})
