import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import { startTestGateway } from '../support/test-gateway.ts'

const token = 'Zm9vYmFyYmF6cXV4Cg.AbC-_d3f'
const pages: { path: string; form: string; asks: string; fields: Record<string, string> }[] = [
  { path: '/verify-email', form: '/forms/verify-email', asks: '/verify-email', fields: {} },
  { path: '/confirm-email', form: '/forms/confirm-email', asks: '/account/email/confirm', fields: {} },
  {
    path: '/reset-password',
    form: '/forms/reset-password',
    asks: '/password-reset/confirm',
    fields: { password: 'a new & long one ü' },
  },
]

interface Refusal {
  status: number
  headers?: Record<string, string>
  [member: string]: unknown
}

/** A gateway before an auth that does what it is asked, or refuses it. */
async function setup(t: TestContext, refusal?: Refusal) {
  const asked: { path: string | undefined; body: unknown; type: string | undefined }[] = []
  const auth = createServer(async (request, response) => {
    const body = await text(request)
    if (request.method === 'POST')
      asked.push({ path: request.url, body: JSON.parse(body), type: request.headers['content-type'] })
    if (!refusal) return void response.writeHead(204).end()
    const { status, headers, ...members } = refusal
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    response.end(JSON.stringify({ title: 'refused', status, ...members }))
  })
  const gateway = await startTestGateway(t, { AUTH_URL: await listen(t, auth) })
  const post = (path: string, fields: Record<string, string>) =>
    gateway.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  return { gateway, asked, post }
}

/** A page as browsers may show it: no script, nothing loaded, in no frame, and no copy kept. */
async function readPage(response: Response): Promise<string> {
  const page = await response.text()
  const header = (name: string) => response.headers.get(name) ?? ''
  assert.equal(header('content-type'), 'text/html; charset=utf-8')
  assert.equal(header('cache-control'), 'no-store')
  assert.equal(header('referrer-policy'), 'no-referrer')
  assert.equal(header('x-content-type-options'), 'nosniff')
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = header('content-security-policy').split('; ')
  assert.deepEqual(policy.toSorted(), [
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `style-src 'sha256-${hash}'`,
  ])
  assert.doesNotMatch(page, /<script|<img|<link|style=|\son\w+=|https?:\/\//)
  assert.match(page, /^<!doctype html>\n<html lang="en">/)
  assert.equal([...page.matchAll(/<h1>/g)].length, 1)
  return page
}

for (const { path, form, asks, fields } of pages) {
  test(`GET ${path} shows a form, and changes nothing`, async t => {
    const { gateway, asked } = await setup(t)
    const shown = await gateway.request(`${path}?token=${token}&utm_source=mail`)
    assert.equal(shown.status, 200)
    const page = await readPage(shown)
    assert.ok(page.includes(`<form method="post" action="${form}"`))
    assert.ok(page.includes(`<input type="hidden" name="token" value="${token}">`))
    for (const name of Object.keys(fields))
      assert.match(page, new RegExp(`<label for="${name}">[\\s\\S]*<input type="password" id="${name}"`))
    const head = await gateway.request(`${path}?token=${token}`, { method: 'HEAD' })
    assert.equal(head.status, 200)
    assert.deepEqual(asked, [])
  })

  test(`POST ${form} asks auth, and says that it is done`, async t => {
    const { asked, post, gateway } = await setup(t)
    const done = await post(form, { token, ...fields })
    assert.equal(done.status, 200)
    assert.match(await readPage(done), /<h1>Your .* is (confirmed|changed)<\/h1>/)
    assert.deepEqual(asked, [{ path: asks, body: { token, ...fields }, type: 'application/json' }])
    assert.doesNotMatch(JSON.stringify(gateway.logs), new RegExp(token))
  })

  test(`${path} says so when its link is incomplete, void, or cannot be tried now`, async t => {
    const { gateway, asked, post } = await setup(t, { status: 400, code: 'one-time-token-invalid' })
    for (const query of [
      '',
      '?token=',
      '?token=%22%3E%3Cscript%3E',
      `?token=${'x'.repeat(200)}`,
      '?token=a&token=b',
    ]) {
      const incomplete = await gateway.request(path + query)
      assert.equal(incomplete.status, 400, query)
      assert.match(await readPage(incomplete), /link is incomplete/)
    }
    assert.equal((await post(form, { token: '"><script>' })).status, 400)
    assert.deepEqual(asked, [])
    const unusable = await post(form, { token, ...fields })
    assert.equal(unusable.status, 400)
    assert.match(await readPage(unusable), /does not work any more/)

    const later = await setup(t, {
      status: 429,
      code: 'rate-limited',
      detail: 'Too many <requests>.',
      headers: { 'Retry-After': '30' },
    })
    const limited = await later.post(form, { token, ...fields })
    assert.equal(limited.status, 429)
    assert.equal(limited.headers.get('Retry-After'), '30')
    assert.match(await readPage(limited), /Too many &lt;requests&gt;\./)
  })
}

test('the pages speak the first language of the browser that they know, and English to all others', async t => {
  const { gateway } = await setup(t)
  const show = async (path: string, accepted: string) => {
    const response = await gateway.request(path, { headers: { 'Accept-Language': accepted } })
    assert.match(response.headers.get('vary') ?? '', /Accept-Language/)
    return await response.text()
  }
  for (const [accepted, words] of [
    ['de-AT,de;q=0.9,en;q=0.5', /<html lang="de">[\s\S]*<h1>Bestätigen Sie Ihre E-Mail-Adresse</],
    ['fr, de;q=0.3', /<html lang="de">/],
    ['fr', /<html lang="en">[\s\S]*<h1>Confirm your e-mail address</],
  ] as const)
    assert.match(await show(`/verify-email?token=${token}`, accepted), words)
  for (const [path, words] of [
    ['/reset-password', /Link ist nicht vollständig/],
    ['/unsubscribe', /Link ist nicht vollständig/],
  ] as const)
    assert.match(await show(path, 'de'), words)
})

test('shows the form again when auth refuses the password, with the reason and without the password', async t => {
  const { post } = await setup(t, {
    status: 422,
    code: 'invalid-fields',
    errors: [{ field: 'password', detail: 'must have at least 10 characters' }],
  })
  const response = await post('/forms/reset-password', { token, password: 'short-one' })
  assert.equal(response.status, 422)
  const page = await readPage(response)
  assert.match(
    page,
    /<p class="error" id="error" role="alert">The password must have at least 10 characters\.<\/p>/,
  )
  assert.match(page, /aria-describedby="error rules" aria-invalid="true"/)
  assert.ok(page.includes(`value="${token}"`))
  assert.doesNotMatch(page, /short-one/)
})

test('says in words what else goes wrong: an address that is taken, auth away, no form, too large a form', async t => {
  const taken = await setup(t, { status: 409, code: 'email-taken' })
  const answer = await taken.post('/forms/confirm-email', { token })
  assert.equal(answer.status, 409)
  assert.match(await readPage(answer), /Another account has this address/)

  const gateway = await startTestGateway(t)
  const away = await gateway.request('/forms/verify-email', {
    method: 'POST',
    body: new URLSearchParams({ token }),
  })
  assert.equal(away.status, 503)
  assert.ok(away.headers.get('Retry-After'))
  const requestId = away.headers.get('X-Request-Id') ?? '?'
  assert.ok((await readPage(away)).includes(requestId))

  const json = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }
  const noForm = await gateway.request('/forms/verify-email', json)
  assert.equal(noForm.status, 415)
  await readPage(noForm)

  const large = await taken.post('/forms/verify-email', { token, more: 'x'.repeat(100_000) })
  assert.equal(large.status, 413)
  await readPage(large)
})

const unlimited = { read: 0, write: 0, upload: 0, credentials: 0, deliveries: 0, address: 0 }
for (const [limit, RATE_LIMITS] of Object.entries({
  'of forms': { ...unlimited, credentials: 1 },
  'of all requests': { ...unlimited, address: 1 },
}))
  test(`says in words that the limit ${limit} is reached`, async t => {
    const gateway = await startTestGateway(t, { RATE_LIMITS })
    const send = () =>
      gateway.request('/forms/verify-email', { method: 'POST', body: new URLSearchParams({ token }) })
    assert.equal((await send()).status, 503)
    const limited = await send()
    assert.equal(limited.status, 429)
    assert.ok(Number(limited.headers.get('Retry-After')) > 0)
    assert.match(await readPage(limited), /<h1>Too many attempts<\/h1>/)
  })
