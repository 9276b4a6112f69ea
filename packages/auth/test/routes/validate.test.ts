import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessTokenClaims, keyIdOfSecret, sessionScope } from '@jackalope/contracts'
import jwt from 'jsonwebtoken'
import { ada, jwtSecret, problemOf, startTestAuth, type TestAuth } from '../support/test-auth.ts'

const proper = {
  algorithm: 'HS256',
  issuer: 'jackalope-auth',
  audience: 'jackalope',
  subject: 'a',
  jwtid: 'b',
} as const

const allClaims = { roles: [], scope: sessionScope, email_verified: true }

function sign(options: jwt.SignOptions = {}, claims: object = allClaims, secret = jwtSecret): string {
  return jwt.sign(claims, secret, { ...proper, expiresIn: 60, ...options, header: headerOf(options) })
}

function headerOf({ algorithm: alg = 'HS256', header }: jwt.SignOptions): jwt.JwtHeader {
  return { alg, typ: 'at+jwt', kid: keyIdOfSecret(jwtSecret), ...header }
}

function validate(auth: TestAuth, token: string): Promise<Response> {
  return auth.get('/validate', { Authorization: `Bearer ${token}` })
}

describe('GET /validate', () => {
  it('gives the claims of a token that login gave', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada)
    const token = await (await auth.login(ada.email, ada.password, { Accept: 'text/plain' })).text()
    const response = await validate(auth, token)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.deepEqual(accessTokenClaims.parse(await response.json()), jwt.decode(token))
  })

  it('takes a token that is signed as ours are', async t => {
    const auth = await startTestAuth(t)
    assert.equal((await validate(auth, sign())).status, 200)
  })

  const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${sign().split('.')[1]}.`
  for (const [name, token] of Object.entries({
    'of another secret': sign({}, undefined, 'another-secret-0123456789-abcdefghij'),
    'of another algorithm, with the right secret': sign({ algorithm: 'HS512' }),
    'without a signature': unsigned,
    'of another issuer': sign({ issuer: 'somebody' }),
    'for somebody else': sign({ audience: 'somebody' }),
    'that has expired': sign({ expiresIn: -1 }),
    'that lacks a claim': sign({}, {}),
    'that never expires': jwt.sign(allClaims, jwtSecret, { ...proper, header: headerOf({}) }),
    'that lives for a week': sign({ expiresIn: '7d' }),
    'of another type': sign({ header: { alg: 'HS256', typ: 'JWT' } }),
    'without a key id': jwt.sign(allClaims, jwtSecret, { ...proper, expiresIn: 60 }),
    'with critical extensions': sign({ header: { alg: 'HS256', crit: ['exp'] } }),
    'that was changed': sign().replace(
      /^([^.]+)\.[^.]+/,
      `$1.${Buffer.from('{"sub":"eve"}').toString('base64url')}`,
    ),
    'that is none': 'abc',
  }))
    it(`refuses a token ${name}`, async t => {
      const auth = await startTestAuth(t)
      const response = await validate(auth, token)
      assert.equal(response.status, 401)
      assert.match(
        response.headers.get('www-authenticate') ?? '',
        /^Bearer realm="jackalope", error="invalid_token", error_description="The access token/,
      )
      assert.equal((await problemOf(response)).code, 'token-invalid')
    })

  it('asks for a token when there is none', async t => {
    const auth = await startTestAuth(t)
    const response = await auth.get('/validate')
    assert.equal(response.status, 401)
    assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="jackalope"')
    assert.equal((await problemOf(response)).code, 'token-missing')
  })
})
