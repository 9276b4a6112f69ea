import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type AccessTokenResponse, type CreatedApiKey, sessionList } from '@jackalope/contracts'
import { createMysqlDatabase } from '@jackalope/local-servers/testing'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { GatewayConfig } from '../../src/gateway-config.ts'
import { startAuthService } from '../support/auth-service.ts'
import { openBrowser } from '../support/browser.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const password = 'Correct-horse-9'

async function setup(t: TestContext, env: Record<string, string> = {}, config: Partial<GatewayConfig> = {}) {
  const auth = await startAuthService(t, env)
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url, ...config })
  await call(gateway, 'POST', '/register', { body: { email: 'ada@example.com', password } })
  return { auth, gateway }
}

interface Call {
  token?: string
  body?: unknown
}

function call(
  gateway: Pick<TestGateway, 'request'>,
  method: string,
  path: string,
  { token, body }: Call = {},
) {
  const headers = new Headers({ 'User-Agent': 'test/1' })
  if (token) headers.set('Authorization', `Bearer ${token}`)
  if (body) headers.set('Content-Type', 'application/json')
  return gateway.request(path, { method, headers, body: body ? JSON.stringify(body) : undefined })
}

async function login(gateway: TestGateway): Promise<AccessTokenResponse> {
  const headers = { Authorization: `Basic ${btoa(`ada@example.com:${password}`)}` }
  const response = await gateway.request('/login', { method: 'POST', headers })
  assert.equal(response.status, 200)
  return (await response.json()) as AccessTokenResponse
}

test('a session lives, is listed with its address, and ends, through the gateway', async t => {
  const { gateway } = await setup(t)
  const guest = await openBrowser(gateway).send('POST', '/session/guest')
  assert.equal(((await guest.json()) as { code?: string }).code, 'guests-off')
  const first = await login(gateway)
  const refreshed = await call(gateway, 'POST', '/refresh', { body: { refresh_token: first.refresh_token } })
  const { access_token: token, refresh_token } = (await refreshed.json()) as AccessTokenResponse
  assert.equal((await call(gateway, 'GET', '/jobs', { token })).status, 200)
  const listed = await call(gateway, 'GET', '/account/sessions', { token })
  const { sessions } = sessionList.parse(await listed.json())
  assert.deepEqual(
    sessions.map(({ client, address, current }) => [client, address, current]),
    [['test', '127.0.0.1', true]],
  )
  const out = await call(gateway, 'POST', '/logout', { token })
  assert.deepEqual([out.status, await out.text()], [204, ''])
  assert.equal((await call(gateway, 'POST', '/refresh', { body: { refresh_token } })).status, 401)
})

test('an API key reaches as far as its scopes, at every replica', async t => {
  const { gateway } = await setup(t)
  const { access_token: token } = await login(gateway)
  const body = { name: 'Nightly', scopes: ['jobs:read'] }
  const created = await call(gateway, 'POST', '/account/api-keys', { token, body })
  assert.equal(created.status, 201)
  const { key, id } = (await created.json()) as CreatedApiKey
  const replica = await gateway.startReplica()
  for (const path of [`${gateway.url}/jobs`, `${replica.url}/jobs`])
    assert.equal((await fetch(path, { headers: { Authorization: `Bearer ${key}` } })).status, 200)
  const statusOf = async (method: string, path: string, token = key) =>
    (await call(gateway, method, path, { token })).status
  assert.equal(await statusOf('POST', '/upload'), 403)
  assert.equal(await statusOf('GET', '/download?fid=1'), 403)
  assert.equal(await statusOf('GET', '/account/api-keys'), 403)
  assert.equal(await statusOf('GET', '/jobs', `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`), 401)
  const cut = await call(gateway, 'GET', '/jobs', { token: key.slice(0, 20) })
  assert.match(((await cut.json()) as { detail: string }).detail, /^The API key is not whole/)
  assert.equal(await statusOf('DELETE', `/account/api-keys/${id}`, token), 204)
})

test('tokens of ES256 are verified by the published keys, also those of the key before', async t => {
  const [before, now] = [generateKeyPairSync('ec', { namedCurve: 'P-256' }), makePem()]
  const { url: MYSQL_URL } = await createMysqlDatabase(t)
  const env = { MYSQL_URL, JWT_ALGORITHM: 'ES256', JWT_SECRET: '' }
  const es256 = { JWT_ALGORITHM: 'ES256', JWT_SECRET: undefined } as const
  const beforePem = before.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  const { gateway } = await setup(t, { ...env, JWT_PRIVATE_KEY: beforePem }, es256)
  const first = await login(gateway)
  const header = decodeProtectedHeader(first.access_token)
  assert.deepEqual([header.alg, header.typ, header.kid?.length], ['ES256', 'at+jwt', 43])
  assert.equal((await call(gateway, 'GET', '/jobs', { token: first.access_token })).status, 200)

  // Auth starts anew with another key, and still accepts the one before. A gateway that starts now knows both.
  const accepted = before.publicKey.export({ format: 'pem', type: 'spki' }) as string
  const rotated = await startAuthService(t, {
    ...env,
    JWT_PRIVATE_KEY: now,
    JWT_ACCEPTED_PUBLIC_KEYS: accepted,
  })
  const newGateway = await startTestGateway(t, { AUTH_URL: rotated.url, ...es256 })
  assert.equal((await call(newGateway, 'GET', '/jobs', { token: first.access_token })).status, 200)
  const refreshed = await call(newGateway, 'POST', '/refresh', {
    body: { refresh_token: first.refresh_token },
  })
  assert.equal(refreshed.status, 200)
  const { access_token: token } = (await refreshed.json()) as AccessTokenResponse
  assert.notEqual(decodeProtectedHeader(token).kid, header.kid)
  assert.equal(decodeJwt(token).sid, decodeJwt(first.access_token).sid)
  assert.equal((await call(newGateway, 'GET', '/jobs', { token })).status, 200)
  // The public keys are public.
  const published = await call(newGateway, 'GET', '/.well-known/jwks.json')
  const { keys } = (await published.json()) as { keys: Array<Record<string, unknown>> }
  assert.equal(keys.length, 2)
  assert.ok(keys.every(key => !('d' in key) && key.kty === 'EC'))
})

function makePem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // On one line, as in a file of variables.
  return (privateKey.export({ format: 'pem', type: 'pkcs8' }) as string).replaceAll('\n', '\\n')
}
