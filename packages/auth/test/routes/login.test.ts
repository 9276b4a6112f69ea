import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { accessTokenClaims, accessTokenResponse, keyIdOfSecret, type User } from '@jackalope/contracts'
import jwt from 'jsonwebtoken'
import { ada, basic, from, jwtSecret, problemOf, startTestAuth, type TestAuth } from '../support/test-auth.ts'

/** Auth with one user. Tokens are valid for 600 seconds. */
async function setup(t: TestContext): Promise<TestAuth & { adasId: string }> {
  const auth = await startTestAuth(t, {
    ACCESS_TOKEN_TTL_SECONDS: 600,
    loginLimits: { accountAndAddress: { points: 1_000, seconds: 900 } },
  })
  const { id } = (await (await auth.register(ada)).json()) as User
  return { ...auth, adasId: id }
}

describe('POST /login', () => {
  it('gives an access token as JSON, not to be cached', async t => {
    const auth = await setup(t)
    const response = await auth.login(ada.email, ada.password)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    const body = accessTokenResponse.strict().parse(await response.json())
    assert.equal(body.expires_in, 600)
  })

  it('gives the bare token to who accepts plain text', async t => {
    const auth = await setup(t)
    const response = await auth.login(ada.email, ada.password, { Accept: 'text/plain' })
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/)
    assert.match(await response.text(), /^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it('signs with HS256 all claims that the contract names', async t => {
    const auth = await setup(t)
    const token = await (await auth.login(ada.email, ada.password, { Accept: 'text/plain' })).text()
    const { header, payload } = jwt.verify(token, jwtSecret, { complete: true })
    assert.deepEqual(header, { alg: 'HS256', typ: 'at+jwt', kid: keyIdOfSecret(jwtSecret) })
    const claims = accessTokenClaims.strict().parse(payload)
    assert.equal(claims.sub, auth.adasId)
    assert.deepEqual(claims.roles, ['user'])
    assert.equal(claims.exp - claims.iat, 600)
    assert.ok(Math.abs(claims.iat - Date.now() / 1000) < 60)
  })

  it('gives every token an id of its own', async t => {
    const auth = await setup(t)
    const idOf = async () => {
      const response = await auth.login(ada.email, ada.password, { Accept: 'text/plain' })
      return accessTokenClaims.parse(jwt.decode(await response.text())).jti
    }
    assert.notEqual(await idOf(), await idOf())
  })

  it('takes the address in any case', async t => {
    const auth = await setup(t)
    assert.equal((await auth.login('ADA@example.com', ada.password)).status, 200)
  })

  it('takes a password with colons and letters beyond ASCII', async t => {
    const auth = await setup(t)
    const password = 'a:b::Kühlschrank-€-🐇:'
    await auth.register({ email: 'colon@example.com', password })
    assert.equal((await auth.login('colon@example.com', password)).status, 200)
    assert.equal((await auth.login('colon@example.com', 'a:b::Kuhlschrank-€-🐇:')).status, 401)
  })

  it('takes a password whose letters come composed otherwise', async t => {
    const auth = await setup(t)
    await auth.register({ email: 'nfd@example.com', password: 'Kühlschrank-9'.normalize('NFD') })
    assert.equal((await auth.login('nfd@example.com', 'Kühlschrank-9'.normalize('NFC'))).status, 200)
  })

  it('answers an unknown address exactly as a wrong password', async t => {
    const auth = await setup(t)
    const wrong = await auth.login(ada.email, 'wrong-password')
    const unknown = await auth.login('nobody@example.com', 'wrong-password')
    assert.equal(wrong.status, 401)
    const headers = (response: Response) =>
      [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
    assert.deepEqual(headers(unknown), headers(wrong))
    assert.deepEqual(await problemOf(unknown), await problemOf(wrong))
    assert.equal(wrong.headers.get('www-authenticate'), 'Basic realm="jackalope", charset="UTF-8"')
  })

  it('takes as long for an unknown address as for a wrong password', async t => {
    const auth = await setup(t)
    const times: { wrong: number[]; unknown: number[] } = { wrong: [], unknown: [] }
    const measure = async (email: string) => {
      const startedAt = performance.now()
      await (await auth.login(email, 'wrong-password')).text()
      return performance.now() - startedAt
    }
    // Measured alternately, so that other work on this machine slows both down equally.
    for (let round = 0; round < 20; round += 1) {
      times.wrong.push(await measure(ada.email))
      times.unknown.push(await measure(`nobody-${round}@example.com`))
    }
    const ratio = median(times.unknown) / median(times.wrong)
    // Without the hash the answer for an unknown address would take a tenth of the time.
    assert.ok(ratio > 0.6 && ratio < 1.7, `unknown took ${ratio} times as long as wrong`)
  })

  for (const [name, header] of Object.entries({
    'no credentials': '',
    'another scheme': 'Bearer abc',
    'what is not Base64': 'Basic !!!',
    'no colon': basic('ada@example.com'),
    'text that is not UTF-8': `Basic ${Buffer.from('ada@example.com:\xff\xff', 'latin1').toString('base64')}`,
  }))
    it(`asks for Basic credentials when there is ${name}`, async t => {
      const auth = await setup(t)
      const response = await auth.login('', '', { Authorization: header })
      assert.equal(response.status, 401)
      assert.equal(response.headers.get('www-authenticate'), 'Basic realm="jackalope", charset="UTF-8"')
      assert.equal((await problemOf(response)).code, 'credentials-missing')
    })

  it('refuses an empty address or password', async t => {
    const auth = await setup(t)
    for (const [user, password] of [
      ['', ''],
      ['', ada.password],
      [ada.email, ''],
      [`${ada.email} `, ada.password],
    ] as const)
      assert.equal((await auth.login(user, password)).status, 401)
  })

  it('takes POST alone', async t => {
    const auth = await setup(t)
    const response = await auth.get('/login')
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'POST')
  })
})

describe('A flood of logins from one network', () => {
  const generous = { points: 100_000, seconds: 900 }

  it('is refused beyond what can be hashed, while others log in and tokens are checked', async t => {
    const limits = { address: generous, network: generous }
    const auth = await startTestAuth(t, { loginLimits: limits })
    await auth.register(ada)
    const flood = Array.from({ length: 300 }, (_, index) =>
      auth.login(`flood-${index}@example.com`, 'wrong-password', from(`192.0.2.${index % 250}`)),
    )
    const others = [1, 2, 3, 4, 5].map(index =>
      auth.login(ada.email, ada.password, from(`198.51.${index}.7`)),
    )
    assert.equal((await auth.get('/healthz')).status, 200)
    assert.deepEqual(
      (await Promise.all(others)).map(({ status }) => status),
      [200, 200, 200, 200, 200],
    )
    const answers = await Promise.all(flood)
    const refused = answers.filter(({ status }) => status === 503)
    assert.ok(refused.length > 150, `${refused.length} were refused`)
    assert.equal(answers.filter(({ status }) => status === 401).length, 300 - refused.length)
    assert.equal(refused[0]?.headers.get('retry-after'), '1')
    assert.equal((await problemOf(refused[0] as Response)).code, 'busy')
  })
})

describe('A password beyond all lengths', () => {
  it('is refused like a wrong one, before it is normalized', async t => {
    const auth = await setup(t)
    // Combining marks in the wrong order: normalizing takes a time that is quadratic in their number.
    const marks = '\u0316\u0301'.repeat(1_300)
    const startedAt = performance.now()
    assert.equal((await auth.login(ada.email, `a${marks}`)).status, 401)
    assert.ok(performance.now() - startedAt < 5_000)
    assert.equal((await auth.register({ email: 'long@example.com', password: `a${marks}` })).status, 422)
  })
})

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
