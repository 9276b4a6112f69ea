import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { accessTokenResponse, user } from '@jackalope/contracts'
import { listen } from '@jackalope/local-servers/testing'
import { startAuthService } from '../support/auth-service.ts'
import { serviceToken, startTestGateway } from '../support/test-gateway.ts'

const credentials = `Basic ${btoa('ada@example.com:Correct-horse-9')}`
const json = { 'Content-Type': 'application/json' }

test('registers and logs in with the real auth, and its token opens the rest', async t => {
  const auth = await startAuthService(t)
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url })
  const post = (path: string, headers: Record<string, string>, body?: string) =>
    gateway.request(path, { method: 'POST', headers, body })
  const registration = JSON.stringify({ email: 'ada@example.com', password: 'Correct-horse-9' })

  const registered = await post('/register', json, registration)
  assert.equal(registered.status, 201)
  assert.equal(user.parse(await registered.json()).email, 'ada@example.com')

  const taken = await post('/register', { ...json, 'X-Request-Id': 'my-own-request' }, registration)
  assert.equal(taken.status, 409)
  assert.equal(taken.headers.get('Content-Type'), 'application/problem+json')
  const problem = (await taken.json()) as Record<string, unknown>
  assert.deepEqual([problem.code, problem.requestId], ['email-taken', 'my-own-request'])
  assert.equal(taken.headers.get('X-Request-Id'), 'my-own-request')

  const loggedIn = await post('/login', { Authorization: credentials })
  assert.equal(loggedIn.status, 200)
  assert.equal(loggedIn.headers.get('Cache-Control'), 'no-store')
  const { access_token } = accessTokenResponse.parse(await loggedIn.json())
  const jobs = await gateway.request('/jobs', { headers: { Authorization: `Bearer ${access_token}` } })
  assert.deepEqual([jobs.status, await jobs.json()], [200, { jobs: [] }])

  const bare = await post('/login', { Authorization: credentials, Accept: 'text/plain' })
  assert.match(bare.headers.get('Content-Type') ?? '', /^text\/plain/)
  assert.match(await bare.text(), /^[\w-]+\.[\w-]+\.[\w-]+$/)

  const refused = await post('/login', { Authorization: `Basic ${btoa('ada@example.com:wrong')}` })
  assert.equal(refused.status, 401)
  assert.match(refused.headers.get('WWW-Authenticate') ?? '', /^Basic /)
  assert.equal((await post('/login', {})).status, 401)
  assert.equal((await post('/register', {}, 'email=ada')).status, 415)
})

test('passes on every method and query of an account, and answers without a body', async t => {
  const auth = await startAuthService(t)
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url })
  const password = 'Correct-horse-9'
  const call = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    gateway.request(path, {
      method,
      headers: { ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  await call('POST', '/register', {}, { email: 'ada@example.com', password })
  const { access_token } = (await (await call('POST', '/login', { Authorization: credentials })).json()) as {
    access_token: string
  }
  const token = { Authorization: `Bearer ${access_token}` }
  const account = await call('GET', '/account', token)
  assert.equal(((await account.json()) as { email: string }).email, 'ada@example.com')
  const audit = (await (await call('GET', '/account/audit?limit=1', token)).json()) as Record<string, unknown>
  assert.match(String(audit.next), /^\/account\/audit\?limit=1&before=\d+$/)
  assert.equal((await call('GET', '/admin/users', token)).status, 403)
  const gone = await call('DELETE', '/account', token, { password })
  assert.equal(gone.status, 204)
  assert.equal(gone.headers.get('Content-Type'), null)
  assert.equal((await call('GET', '/account', token)).status, 401)
})

test('tells auth who asks, and nothing that is none of its business', async t => {
  const seen = await startListener(t)
  const gateway = await startTestGateway(t, { AUTH_URL: seen.url }, { checkAnswers: false })
  const headers = {
    ...json,
    Accept: 'text/plain',
    Authorization: credentials,
    Cookie: 'a=b',
    'X-Forwarded-For': '203.0.113.7',
    'X-Client-Address': '203.0.113.8',
    'X-Service-Token': 'forged',
    'X-Request-Id': 'my-own-request',
    'X-Internal': 'x',
  }
  const body = '{"email":"ü"}'
  const response = await gateway.request('/register?x=1', { method: 'POST', headers, body })
  assert.equal(response.status, 418)
  assert.equal(response.headers.get('Retry-After'), '7')
  assert.equal(response.headers.get('Set-Cookie'), null)

  const [passed] = seen.requests
  assert.deepEqual([passed?.path, passed?.body], ['/register?x=1', body])
  const { accept, authorization, cookie, 'content-type': type } = passed?.headers ?? {}
  assert.deepEqual(
    [accept, authorization, cookie, type],
    ['text/plain', credentials, undefined, 'application/json'],
  )
  assert.equal(passed?.headers['x-forwarded-for'], undefined)
  assert.equal(passed?.headers['x-client-address'], '127.0.0.1')
  assert.equal(passed?.headers['x-service-token'], serviceToken)
  assert.equal(passed?.headers['x-request-id'], 'my-own-request')
  assert.equal(passed?.headers['x-internal'], undefined)
})

test('reaches no other endpoint of auth by a path that is resolved on the way', async t => {
  const seen = await startListener(t)
  const gateway = await startTestGateway(t, { AUTH_URL: seen.url }, { checkAnswers: false })
  const { hostname, port } = new URL(gateway.url)
  // `fetch` would resolve the path here already.
  const send = async (method: string, path: string) => {
    const [response] = await once(request({ hostname, port, method, path }).end(), 'response')
    response.resume()
    return response.statusCode
  }
  for (const id of ['..', '%2e%2E', '..\\..\\internal\\users\\x', 'x\\..\\..'])
    assert.equal(await send('DELETE', `/account/sessions/${id}`), 404, id)
  assert.equal(await send('POST', '/admin/users/..\\..\\internal/lock'), 404)
  assert.equal(seen.requests.length, 0)
  // The whole address may be named (RFC 9112, section 3.2.2).
  assert.equal(await send('POST', 'http://jackalope.example/login?x=%2e'), 418)
  assert.equal(seen.requests[0]?.path, '/login?x=%2e')
})

test('says 503 while auth is down, and goes on when it is back', async t => {
  const seen = await startListener(t)
  const gateway = await startTestGateway(t, { AUTH_URL: seen.url }, { checkAnswers: false })
  const login = () => gateway.request('/login', { method: 'POST', headers: { Authorization: credentials } })
  assert.equal((await login()).status, 418)
  await seen.stop()
  const response = await login()
  assert.equal(response.status, 503)
  assert.ok(Number(response.headers.get('Retry-After')) > 0)
  assert.equal(response.headers.get('Content-Type'), 'application/problem+json')
  await seen.start()
  assert.equal((await login()).status, 418)
})

test('passes no large body on', async t => {
  const seen = await startListener(t)
  const gateway = await startTestGateway(t, { AUTH_URL: seen.url }, { checkAnswers: false })
  const body = 'x'.repeat(20_000)
  assert.equal((await gateway.request('/register', { method: 'POST', body })).status, 413)
  const stream = new Blob([body]).stream()
  const chunked = { method: 'POST', body: stream, duplex: 'half' } as RequestInit
  assert.equal((await gateway.request('/register', chunked)).status, 413)
  assert.equal(seen.requests.length, 0)
})

test('takes nothing but POST', async t => {
  const gateway = await startTestGateway(t)
  for (const path of ['/login', '/register', '/upload']) {
    const response = await gateway.request(path)
    assert.deepEqual([response.status, response.headers.get('Allow')], [405, 'POST'])
  }
})

interface Seen {
  path: string | undefined
  headers: IncomingHttpHeaders
  body: string
}

/** A server in place of auth that keeps every request. */
async function startListener(t: TestContext) {
  const requests: Seen[] = []
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url, headers: request.headers, body: await text(request) })
    response.writeHead(418, { 'Retry-After': '7', 'Set-Cookie': 'a=b' }).end()
  })
  const url = await listen(t, server)
  const stop = async () => {
    const closed = new Promise(resolve => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return {
    url,
    requests,
    stop,
    async start() {
      server.listen(Number(new URL(url).port), '127.0.0.1')
      await once(server, 'listening')
    },
  }
}
