import assert from 'node:assert/strict'
import { test } from 'node:test'
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

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  return `${header}.${token.split('.')[1]}.`
}

function withoutExpiry(token: string): string {
  const { exp: _, ...claims } = jwt.decode(token) as jwt.JwtPayload
  return jwt.sign(claims, jwtSecret, { algorithm: 'HS256' })
}

function changed(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'bob' }
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
}
