import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { User } from '@jackalope/contracts'
import { ada, problemOf, serviceToken, startTestAuth } from '../support/test-auth.ts'

async function setup(t: TestContext) {
  const auth = await startTestAuth(t)
  const user = (await (await auth.register(ada)).json()) as User
  const getUser = (id: string, token = serviceToken) =>
    auth.get(`/internal/users/${id}`, { Authorization: `Bearer ${token}` })
  return { auth, user, getUser }
}

describe('GET /internal/users/:id', () => {
  it('gives id and address to who has the service token', async t => {
    const { user, getUser } = await setup(t)
    const response = await getUser(user.id)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.deepEqual(await response.json(), {
      ...user,
      emailVerified: true,
      mayMail: true,
      notices: true,
      language: 'en',
    })
  })

  it('refuses any other token, that of a user too', async t => {
    const { auth, user, getUser } = await setup(t)
    const accessToken = await (await auth.login(ada.email, ada.password, { Accept: 'text/plain' })).text()
    for (const token of [accessToken, serviceToken.slice(0, -1), `${serviceToken}x`, 'x']) {
      const response = await getUser(user.id, token)
      assert.equal(response.status, 401)
      assert.equal((await problemOf(response)).code, 'token-invalid')
    }
    assert.equal((await auth.get(`/internal/users/${user.id}`)).status, 401)
  })

  it('knows no other user, whatever is given as an id', async t => {
    const { user, getUser } = await setup(t)
    for (const id of [
      '00000000-0000-4000-8000-000000000000',
      'x',
      '%F0%9F%90%87',
      `${user.id}%27--`,
      '%25',
    ]) {
      const response = await getUser(id)
      assert.equal(response.status, 404, id)
      assert.equal((await problemOf(response)).code, 'user-unknown')
    }
  })
})
