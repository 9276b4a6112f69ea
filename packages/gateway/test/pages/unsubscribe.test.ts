import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { unsubscribeUrl } from '@jackalope/contracts'
import { startAuthService } from '../support/auth-service.ts'
import { startTestGateway } from '../support/test-gateway.ts'

const secret = 'the link secret of these tests, 0123456789'
const oldSecret = 'the link secret before that one, 0123456789'

/** A gateway before a real auth with a registered user. */
async function setup(t: TestContext) {
  const auth = await startAuthService(t)
  const secrets = { LINK_SECRET: secret, LINK_ACCEPTED_SECRET: oldSecret }
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url, ...secrets })
  const password = 'Correct-horse-9'
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ email: 'ada@example.com', password })
  const { id } = (await (await gateway.request('/register', { method: 'POST', headers, body })).json()) as {
    id: string
  }
  const Authorization = `Basic ${Buffer.from(`ada@example.com:${password}`).toString('base64')}`
  const login = await gateway.request('/login', { method: 'POST', headers: { Authorization } })
  const { access_token } = (await login.json()) as { access_token: string }
  const notices = async () => {
    const account = await gateway.request('/account', {
      headers: { Authorization: `Bearer ${access_token}` },
    })
    return ((await account.json()) as { notices: boolean }).notices
  }
  const pathOf = (userId: string, key = secret) => unsubscribeUrl(userId, { publicUrl: '', secret: key })
  return { gateway, id, notices, pathOf }
}

describe('The link that ends mails about jobs', () => {
  it('shows a page that changes nothing, whose button ends them', async t => {
    const { gateway, id, notices, pathOf } = await setup(t)
    const page = await gateway.request(pathOf(id))
    assert.equal(page.status, 200)
    const [, action = ''] = /<form method="post" action="([^"]+)">/.exec(await page.text()) ?? []
    assert.equal(await notices(), true)
    const done = await gateway.request(action.replaceAll('&amp;', '&'), {
      method: 'POST',
      body: new URLSearchParams(),
    })
    assert.equal(done.status, 200)
    assert.equal(await notices(), false)
  })

  it('takes the one click of mail programs, with either kind of form, and a key that is changed', async t => {
    const { gateway, id, notices, pathOf } = await setup(t)
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    const clicked = await gateway.request(pathOf(id, oldSecret), {
      method: 'POST',
      body: form,
      redirect: 'error',
    })
    assert.equal(clicked.status, 200)
    assert.equal(await notices(), false)
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    assert.equal((await gateway.request(pathOf(id), { method: 'POST', body })).status, 200)
    assert.equal((await gateway.request(pathOf(randomUUID()), { method: 'POST', body })).status, 200)
  })

  it('does nothing for anybody else', async t => {
    const { gateway, id, notices, pathOf } = await setup(t)
    const forged = [
      ...[pathOf(id, 'another secret of at least 32 bytes'), `/unsubscribe?token=${id}`, '/unsubscribe'],
      ...[pathOf(randomUUID()).replace(/token=[^.]*/, `token=${id}`), `${pathOf(id)}&token=x`],
    ]
    for (const path of forged)
      for (const method of ['GET', 'POST'])
        assert.equal((await gateway.request(path, { method })).status, 400, `${method} ${path}`)
    assert.equal(await notices(), true)
  })
})
