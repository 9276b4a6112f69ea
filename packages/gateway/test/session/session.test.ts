import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { until, wholeFile } from '@jackalope/local-servers/testing'
import type { GatewayConfig } from '../../src/gateway-config.ts'
import { rateLimits } from '../../src/http/rate-limits.ts'
import { startAuthService } from '../support/auth-service.ts'
import { openBrowser } from '../support/browser.ts'
import { startStandInAuth } from '../support/stand-in-auth.ts'
import { publicUrl, startTestGateway } from '../support/test-gateway.ts'

// One for all tests, since it takes seconds to start. Each test has users of its own; the last one ends it.
const auth = await startAuthService(wholeFile, { GUESTS: 'on' })
let people = 0

/** Somebody who is in no other test. */
function somebody(name: string, password: string) {
  people += 1
  return { email: `${name}${people}@example.com`, password }
}

async function setup(t: TestContext, config: Partial<GatewayConfig> = {}) {
  const [ada, bob] = [somebody('ada', 'Correct-horse-9'), somebody('bob', 'staple-Battery-7')]
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url, ...config })
  const register = async (who: typeof ada) => {
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify(who)
    assert.equal((await gateway.request('/register', { method: 'POST', headers, body })).status, 201)
  }
  await register(ada)
  const signedIn = async (who = ada) => {
    const browser = openBrowser(gateway)
    assert.equal((await browser.json('POST', '/session', who)).status, 201)
    return browser
  }
  return { ada, bob, gateway, register, signedIn }
}

async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${((await response.json()) as { code?: string }).code}`
}

const form = () => {
  const fields = new FormData()
  fields.set('file', new File(['video'], 'holiday.mp4', { type: 'video/mp4' }))
  return fields
}

const tus = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '5' }
const chunk = {
  ...{ 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0' },
  'Content-Type': 'application/offset+octet-stream',
}

test('a browser that is signed in does all that a token can do', async t => {
  const { ada, bob, gateway, register } = await setup(t)
  const browser = openBrowser(gateway)
  assert.equal(await browser.user(), null)
  const response = await browser.json('POST', '/session', ada)
  const { user } = (await response.json()) as { user: { id: string } }
  assert.deepEqual([response.status, response.headers.get('Cache-Control')], [201, 'no-store'])
  assert.match(
    response.headers.get('Set-Cookie') ?? '',
    /^__Host-session=jps_[\w-]{43}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict; Secure$/,
  )
  assert.deepEqual(await browser.user(), {
    ...{ id: user.id, email: ada.email, roles: ['user'], verified: true, guest: false },
  })

  const uploaded = await browser.send('POST', '/upload', { body: form() })
  assert.equal(uploaded.status, 202)
  const { id } = (await uploaded.json()) as { id: string }
  const created = await browser.send('POST', '/uploads', { headers: tus })
  const { pathname } = new URL(created.headers.get('Location') ?? '')
  const appended = await browser.send('PATCH', pathname, { headers: chunk, body: 'video' })
  assert.equal(appended.status, 204)
  const given = await browser.send('POST', '/uploads', { headers: tus })
  const { pathname: other } = new URL(given.headers.get('Location') ?? '')
  assert.equal((await browser.send('DELETE', other, { headers: tus })).status, 204)
  const events = await browser.send('GET', '/events', { headers: { 'Sec-Fetch-Mode': 'cors' } })
  assert.equal(events.status, 200)
  assert.match(events.headers.get('Content-Type') ?? '', /^text\/event-stream/)
  await events.body?.cancel()
  assert.match(await codeOf(await browser.send('GET', `/jobs/${id}/audio?inline`)), /^409 /)
  assert.equal((await browser.send('DELETE', `/jobs/${id}`)).status, 204)
  assert.equal((await browser.send('GET', '/account/export')).status, 200)
  const key = await browser.json('POST', '/account/api-keys', { name: 'k', scopes: ['jobs:read'] })
  assert.equal(key.status, 201)

  // A token wins, also one that is worthless: nobody acts in the name of another by mistake.
  await register(bob)
  const basic = { Authorization: `Basic ${btoa(`${bob.email}:${bob.password}`)}` }
  const { access_token } = (await (
    await gateway.request('/login', { method: 'POST', headers: basic })
  ).json()) as { access_token: string }
  const headers = { Authorization: `Bearer ${access_token}` }
  const account = await browser.send('GET', '/account', { headers })
  assert.equal(((await account.json()) as { email: string }).email, bob.email)
  assert.deepEqual(await (await browser.send('GET', '/jobs', { headers })).json(), { jobs: [] })
  for (const worthless of ['Bearer nonsense', 'Bearer', 'bearer a b'])
    for (const path of ['/jobs', '/account'])
      assert.equal((await browser.send('GET', path, { headers: { Authorization: worthless } })).status, 401)
  // The secret is no token.
  const secret = browser.cookie?.split('=')[1] ?? ''
  for (const path of ['/jobs', '/account'])
    assert.equal(
      (await gateway.request(path, { headers: { Authorization: `Bearer ${secret}` } })).status,
      401,
    )
  assert.ok(!JSON.stringify(gateway.logs).includes(secret))
})

test('no other site acts by the cookie, and none signs a browser in', async t => {
  const { bob, gateway, signedIn } = await setup(t, { CORS_ORIGINS: ['https://app.example.com'] })
  const browser = await signedIn()
  const requests: [method: string, path: string, init?: RequestInit][] = [
    ['POST', '/session', { body: JSON.stringify(bob), headers: { 'Content-Type': 'application/json' } }],
    ['POST', '/session/guest'],
    ['DELETE', '/session'],
    ['POST', '/upload', { body: form() }],
    ['PUT', '/upload/a.mp4', { body: 'video', headers: { 'Content-Type': 'video/mp4' } }],
    ['POST', '/uploads', { headers: tus }],
    ['PATCH', '/uploads/665f1f77bcf86cd799439011', { headers: chunk, body: 'video' }],
    ['DELETE', '/uploads/665f1f77bcf86cd799439011', { headers: tus }],
    ['DELETE', '/jobs/v-665f1f77bcf86cd799439011'],
    ['POST', '/jobs/v-665f1f77bcf86cd799439011/cancel'],
    ['DELETE', '/account/sessions'],
    ['POST', '/logout'],
    [
      'POST',
      '/account/api-keys',
      { body: '{}', headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': '"12345678"' } },
    ],
    ['DELETE', '/account', { body: '{}', headers: { 'Content-Type': 'application/json' } }],
  ]
  const elsewhere: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://eve.example' },
    // A sister domain is of the same site: browsers send it the cookie.
    { 'Sec-Fetch-Site': 'same-site', Origin: 'https://app.example.com' },
    { 'Sec-Fetch-Site': 'none', Origin: publicUrl },
    { 'Sec-Fetch-Site': 'cross-site', Origin: publicUrl },
    { 'Sec-Fetch-Site': '', Origin: 'https://jackalope.example.eve.example' },
    { 'Sec-Fetch-Site': '', Origin: 'http://jackalope.example' },
    { 'Sec-Fetch-Site': '', Origin: 'null' },
    { 'Sec-Fetch-Site': '', Origin: '' },
  ]
  const { cookie } = browser
  for (const from of elsewhere)
    for (const [method, path, init] of requests) {
      const headers = { ...Object.fromEntries(new Headers(init?.headers)), ...from }
      const response = await browser.send(method, path, { ...init, headers })
      const what = `${method} ${path} ${JSON.stringify(from)}`
      assert.equal(await codeOf(response), '403 cross-site-request', what)
      assert.equal(response.headers.get('Set-Cookie'), null, what)
      assert.equal(response.headers.get('Access-Control-Allow-Credentials'), null, what)
    }
  // What another site includes in its page is refused as well; a link that is followed is not.
  for (const path of ['/jobs', '/events', '/session', '/account', '/jobs/v-1/audio']) {
    const included = await browser.send('GET', path, { headers: { 'Sec-Fetch-Site': 'same-site' } })
    assert.equal(await codeOf(included), '403 cross-site-request', path)
  }
  const { hostname, port } = new URL(gateway.url)
  const followed = { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }
  const [page] = await once(request({ hostname, port, path: '/jobs', headers: followed }).end(), 'response')
  page.resume()
  assert.equal(page.statusCode, 200)
  // Browsers that know no Sec-Fetch-Site send their origin.
  assert.equal((await browser.send('DELETE', '/session', { headers: { 'Sec-Fetch-Site': '' } })).status, 204)
  assert.equal(browser.cookie, undefined)
})

test('only one well-formed cookie of our name counts, whatever the host is called', async t => {
  const { gateway, signedIn } = await setup(t)
  const { cookie = '' } = await signedIn()
  const statusOf = async (given: string, headers: Record<string, string> = {}) =>
    (await gateway.request('/jobs', { headers: { Cookie: given, ...headers } })).status
  assert.equal(await statusOf(cookie), 200)
  assert.equal(await statusOf(`a=b;${cookie} ;c=d`), 200)
  const planted = `__Host-session=jps_${'A'.repeat(43)}`
  for (const other of [
    `${planted}; ${cookie}`,
    `${cookie}; ${planted}`,
    cookie.replace('__Host-', ''),
    cookie.replace('__Host-', '__host-'),
    cookie.replace('jps_', ''),
    `${cookie}x`,
    `x${cookie}`,
    planted,
    '__Host-session=',
    ';;=;',
  ])
    assert.equal(await statusOf(other), 401, other)
  const { hostname, port } = new URL(gateway.url)
  const headers = {
    Cookie: cookie,
    Host: 'eve.example',
    'Sec-Fetch-Site': 'cross-site',
    Origin: 'http://eve.example',
  }
  const sent = request({ hostname, port, method: 'DELETE', path: '/jobs/v-1', headers }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  assert.equal(response.statusCode, 403)
})

test('over plain HTTP from elsewhere the cookie has no prefix; on the own machine it has', async t => {
  const cookieAt = async (PUBLIC_URL: string) => {
    const gateway = await startTestGateway(t, { AUTH_URL: auth.url, PUBLIC_URL })
    const headers = { Origin: PUBLIC_URL, 'Sec-Fetch-Site': '' }
    const response = await openBrowser(gateway).send('POST', '/session/guest', { headers })
    assert.equal(response.status, 201)
    return response.headers.get('Set-Cookie') ?? ''
  }
  assert.match(await cookieAt('http://nas.lan:8080'), /^session=jps_.*; HttpOnly; SameSite=Strict$/)
  assert.match(await cookieAt('http://localhost:8080'), /^__Host-session=jps_.*; SameSite=Strict; Secure$/)
})

test('every replica knows the session, and each refuses it within seconds of its end', async t => {
  const { ada, gateway, signedIn } = await setup(t)
  const replica = await gateway.startReplica()
  const [browser, other] = [await signedIn(), await signedIn()]
  const statusAt = async (url: string, who = browser) => (await who.send('GET', '/jobs', {}, url)).status
  assert.equal(await statusAt(replica.url), 200)
  assert.equal(await statusAt(replica.url, other), 200)
  const { cookie } = browser
  // One tab signs out; the other tab has the same cookie.
  assert.equal((await browser.send('DELETE', '/session')).status, 204)
  browser.cookie = cookie
  assert.equal(await statusAt(gateway.url), 401)
  await until(async () => (await statusAt(replica.url)) === 401)
  const asked = await browser.send('GET', '/session')
  assert.deepEqual(await asked.json(), { user: null })
  assert.match(asked.headers.get('Set-Cookie') ?? '', /^__Host-session=; Path=\/; Max-Age=0; /)

  const passwords = { current_password: ada.password, new_password: 'another-Horse-99' }
  const again = await signedIn()
  assert.equal((await again.json('POST', '/account/password', passwords)).status, 204)
  await until(async () => (await statusAt(replica.url, other)) === 401)
  assert.equal(await statusAt(gateway.url, again), 200)
  assert.equal((await again.send('DELETE', '/account/sessions')).status, 204)
  assert.equal(await statusAt(gateway.url, again), 401)
})

test('signing in is refused in words, and costs like a login', async t => {
  const { ada, gateway } = await setup(t, {
    RATE_LIMITS: { ...rateLimits().parse(undefined), credentials: 5 },
  })
  const browser = openBrowser(gateway)
  const wrong = await browser.json('POST', '/session', { ...ada, password: 'wrong-Password-1' })
  assert.match(wrong.headers.get('WWW-Authenticate') ?? '', /^Bearer /)
  assert.equal(await codeOf(wrong), '401 credentials-wrong')
  assert.equal(
    await codeOf(await browser.json('POST', '/session', { email: ada.email })),
    '422 invalid-fields',
  )
  const large = { ...ada, password: 'x'.repeat(20_000) }
  assert.equal(await codeOf(await browser.json('POST', '/session', large)), '413 body-too-large')
  assert.equal(browser.cookie, undefined)
  assert.equal((await browser.json('POST', '/session/guest', {})).status, 201)
  assert.equal(await codeOf(await browser.json('POST', '/session', ada)), '429 rate-limited')
})

test('an auth of an earlier version is no fault of the user, who keeps his cookie', async t => {
  const { url } = await startStandInAuth(t, [])
  const browser = openBrowser(await startTestGateway(t, { AUTH_URL: url }))
  browser.cookie = `__Host-session=jps_${'A'.repeat(43)}`
  const who = somebody('eve', 'any-Password-1')
  assert.equal(await codeOf(await browser.json('POST', '/session', who)), '503 unavailable')
  for (const [method, path] of [
    ['GET', '/session'],
    ['DELETE', '/session'],
    ['POST', '/session/guest'],
    ['GET', '/jobs'],
  ] as const)
    assert.equal(await codeOf(await browser.send(method, path)), '503 unavailable', path)
  browser.cookie = undefined
  assert.equal(await codeOf(await browser.send('POST', '/session/guest')), '503 unavailable')
})

test('while auth is away the answer is 503, and the cookie stays', async t => {
  const { ada, gateway, signedIn } = await setup(t)
  const browser = await signedIn()
  const replica = await gateway.startReplica()
  auth.child.kill('SIGKILL')
  await auth.ended
  const { cookie } = browser
  for (const [method, path] of [
    ['GET', '/session'],
    ['DELETE', '/session'],
    ['GET', '/jobs'],
    ['GET', '/account'],
    ['POST', '/session/guest'],
  ] as const)
    assert.equal(await codeOf(await browser.send(method, path, {}, replica.url)), '503 unavailable', path)
  assert.equal(await codeOf(await browser.json('POST', '/session', ada)), '503 unavailable')
  assert.equal(browser.cookie, cookie)
})
