import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { test } from 'node:test'
import { keyIdOfSecret } from '@jackalope/contracts'
import jwt from 'jsonwebtoken'
import { jwtSecret, signToken, startTestGateway } from '../support/test-gateway.ts'

const personal = ['POST /upload', 'GET /jobs', 'GET /jobs/v-1', 'GET /jobs/v-1/audio', 'GET /download?fid=1']

const hourAgo = Math.floor(Date.now() / 1_000) - 3_600
const tokens: Array<[what: string, token: string, code: string]> = [
  ['one of another secret', signToken('ada', {}, { secret: 'x'.repeat(32) }), 'token-invalid'],
  ['an expired one', signToken('ada', { exp: hourAgo }), 'token-expired'],
  ['one not yet valid', signToken('ada', { nbf: hourAgo + 7_200 }), 'token-invalid'],
  ['one of another issuer', signToken('ada', { iss: 'someone' }), 'token-invalid'],
  ['one for another audience', signToken('ada', { aud: 'somewhere' }), 'token-invalid'],
  ['one of another algorithm', signToken('ada', {}, { algorithm: 'HS512' }), 'token-invalid'],
  ['one without a user', signToken('', {}), 'token-invalid'],
  ['one without an expiry', withoutExpiry(signToken('ada')), 'token-invalid'],
  ['one without a signature', unsigned(signToken('ada')), 'token-invalid'],
  ['a changed one', changed(signToken('ada')), 'token-invalid'],
  ['nonsense', 'nonsense', 'token-invalid'],
  ['one with critical extensions', signToken('ada', {}, { header: { crit: ['exp'] } }), 'token-invalid'],
  ['one with an unencoded payload', signToken('ada', {}, { header: { b64: false } }), 'token-invalid'],
  [
    'one with a key of its own',
    signToken('ada', {}, { header: { jwk: { kty: 'oct', k: 'eA' } } }),
    'token-invalid',
  ],
  [
    'one that names a place of keys',
    signToken('ada', {}, { header: { jku: 'https://eve.example' } }),
    'token-invalid',
  ],
  ['one that is no access token', signToken('ada', {}, { header: { typ: 'JWT' } }), 'token-invalid'],
  ['one without a type', signToken('ada', {}, { header: { typ: undefined } }), 'token-invalid'],
  ['one without a key id', signToken('ada', {}, { header: { kid: undefined } }), 'token-invalid'],
  ['one with another key id', signToken('ada', {}, { header: { kid: '../../dev/null' } }), 'token-invalid'],
  ['one that lasts forever', signToken('ada', { exp: 1e20 }), 'token-invalid'],
  ['one that lasts too long', signToken('ada', { exp: hourAgo + 90_001 }), 'token-invalid'],
  ['one from the future', signToken('ada', { iat: hourAgo + 7_200, exp: hourAgo + 7_300 }), 'token-invalid'],
  ['one without scopes', signToken('ada', { scope: undefined }), 'token-invalid'],
  ['a long one', signToken('ada', { roles: ['x'.repeat(4_096)] }), 'token-invalid'],
]

test('lets nobody without a token at what is personal', async t => {
  const gateway = await startTestGateway(t)
  for (const call of personal) {
    const [method, path = ''] = call.split(' ')
    const response = await gateway.request(path, { method })
    const { code } = (await response.json()) as { code: string }
    assert.deepEqual([call, response.status, code], [call, 401, 'token-missing'])
    assert.equal(response.headers.get('WWW-Authenticate'), 'Bearer realm="jackalope"')
  }
})

test('refuses every token but a valid one of ours', async t => {
  const gateway = await startTestGateway(t)
  for (const [what, token, expected] of tokens) {
    const response = await gateway.request('/jobs', { headers: { Authorization: `Bearer ${token}` } })
    const { code } = (await response.json()) as { code: string }
    assert.deepEqual([what, response.status, code], [what, 401, expected])
    assert.match(
      response.headers.get('WWW-Authenticate') ?? '',
      /^Bearer realm="jackalope", error="invalid_token"/,
    )
  }
  assert.ok(!JSON.stringify(gateway.logs).includes(jwtSecret))
})

test('takes the scheme in any case, and no token from elsewhere', async t => {
  const gateway = await startTestGateway(t)
  const token = signToken('ada')
  const status = async (headers: Record<string, string>, path = '/jobs') =>
    (await gateway.request(path, { headers })).status
  assert.equal(await status({ Authorization: `bearer ${token}` }), 200)
  assert.equal(await status({ Authorization: `Basic ${btoa('ada:x')}` }), 401)
  assert.equal(await status({ Authorization: token }), 401)
  assert.equal(await status({ Cookie: `token=${token}` }), 401)
  assert.equal(await status({}, `/jobs?access_token=${token}`), 401)
})

test('refuses a token that does not reach so far, and says what it needs', async t => {
  const gateway = await startTestGateway(t)
  const headers = { Authorization: `Bearer ${signToken('ada', { scope: 'jobs:write unknown' })}` }
  const response = await gateway.request('/jobs', { headers })
  assert.equal(response.status, 403)
  assert.match(
    response.headers.get('WWW-Authenticate') ?? '',
    /error="insufficient_scope".* scope jobs:read"$/,
  )
  assert.equal(((await response.json()) as { code: string }).code, 'insufficient-scope')
})

test('refuses a second Authorization header, in either order', async t => {
  const gateway = await startTestGateway(t)
  for (const tokens of [
    [signToken('ada'), signToken('bob')],
    [signToken('ada'), 'nonsense'],
  ]) {
    const sent = request(`${gateway.url}/jobs`, { agent: false })
    sent.setHeader(
      'Authorization',
      tokens.map(token => `Bearer ${token}`),
    )
    sent.end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    assert.equal(response.statusCode, 400)
    assert.equal(((await json(response)) as { code: string }).code, 'authorization-repeated')
  }
})

test('takes the tokens of two secrets while one is rotated', async t => {
  const next = 'Vb7nQ2mXw9Lk4Rt6Ys8Zd1Fg3Hj5Pa0c'
  const gateway = await startTestGateway(t, { JWT_ACCEPTED_SECRET: next })
  const signed = { secret: next, header: { kid: keyIdOfSecret(next) } }
  for (const token of [signToken('ada'), signToken('ada', {}, signed)]) {
    const response = await gateway.request('/jobs', { headers: { Authorization: `Bearer ${token}` } })
    assert.equal(response.status, 200)
  }
  // The key id alone makes no token of the other secret.
  const mixed = signToken('ada', {}, { header: { kid: keyIdOfSecret(next) } })
  assert.equal(
    (await gateway.request('/jobs', { headers: { Authorization: `Bearer ${mixed}` } })).status,
    401,
  )
})

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
  return `${header}.${token.split('.')[1]}.`
}

function withoutExpiry(token: string): string {
  const { exp: _, ...claims } = jwt.decode(token) as jwt.JwtPayload
  const header = { alg: 'HS256', typ: 'at+jwt', kid: keyIdOfSecret(jwtSecret) }
  return jwt.sign(claims, jwtSecret, { header })
}

function changed(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'bob' }
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
}
