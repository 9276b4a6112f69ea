import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { keyIdOfSecret } from '@jackalope/contracts'
import { onEnd } from '@jackalope/local-servers/testing'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { jwtSecret, signToken, startTestGateway } from '../support/test-gateway.ts'

/** A service that publishes keys as auth does. */
async function startKeyServer(t: TestContext, keys: JWK[]) {
  const state = { keys, isAway: false, fetches: 0 }
  const server = createServer((_request, response) => {
    state.fetches += 1
    if (state.isAway) response.writeHead(503).end()
    else response.end(JSON.stringify({ keys: state.keys }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onEnd(t, async () => void server.close().closeAllConnections())
  return { ...state, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint(jwk)
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  return {
    kid,
    jwk: { ...jwk, kid, alg: 'ES256', use: 'sig' } as JWK,
    sign: (header: object = {}) =>
      signToken('ada', {}, { secret: pem, algorithm: 'ES256', header: { kid, ...header } }),
  }
}

async function setup(t: TestContext) {
  const [first, second] = [await makeKey(), await makeKey()]
  const auth = await startKeyServer(t, [first.jwk, second.jwk])
  const gateway = await startTestGateway(t, {
    JWT_ALGORITHM: 'ES256',
    JWT_SECRET: undefined,
    AUTH_URL: auth.url,
  })
  const status = async (token: string) =>
    (await gateway.request('/jobs', { headers: { Authorization: `Bearer ${token}` } })).status
  return { first, second, auth, gateway, status }
}

test('takes tokens of all published keys, and fetches the keys once', async t => {
  const { first, second, auth, status } = await setup(t)
  for (const token of [first.sign(), second.sign(), first.sign()]) assert.equal(await status(token), 200)
  assert.equal(auth.state.fetches, 1)
})

test('goes on while auth is away, and answers 503 when the keys were never there', async t => {
  const { first, auth, status } = await setup(t)
  auth.state.isAway = true
  assert.equal(await status(first.sign()), 503)
  auth.state.isAway = false
  assert.equal(await status(first.sign()), 200)
  auth.state.isAway = true
  assert.equal(await status(first.sign()), 200)
})

test('lets invented key ids cause no flood of fetches', async t => {
  const { first, auth, status } = await setup(t)
  assert.equal(await status(first.sign()), 200)
  for (let index = 0; index < 20; index += 1)
    assert.equal(await status(first.sign({ kid: `invented-${index}` })), 401)
  assert.equal(auth.state.fetches, 1)
})

test('takes no HMAC made with the public key, under whatever key id', async t => {
  const { first, second, status } = await setup(t)
  const publicKey = createPublicKey({ key: first.jwk, format: 'jwk' })
  const forms = [
    publicKey.export({ format: 'pem', type: 'spki' }) as string,
    (publicKey.export({ format: 'pem', type: 'spki' }) as string).trim(),
    JSON.stringify(first.jwk),
  ]
  for (const secret of forms)
    for (const kid of [first.kid, keyIdOfSecret(secret)]) {
      const [header, payload] = signToken('eve', {}, { header: { kid } }).split('.')
      const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
      assert.equal(await status(`${header}.${payload}.${signature}`), 401)
    }
  // A key of ours, but not the one that is named.
  assert.equal(await status(second.sign({ kid: first.kid })), 401)
  assert.equal(await status((await makeKey()).sign({ kid: first.kid })), 401)
})

test('takes tokens of the last secret only where it is still accepted', async t => {
  const { status, auth } = await setup(t)
  assert.equal(await status(signToken('ada')), 401)
  const tolerant = await startTestGateway(t, {
    ...{ JWT_ALGORITHM: 'ES256', JWT_SECRET: undefined, JWT_ACCEPTED_SECRET: jwtSecret },
    AUTH_URL: auth.url,
  })
  assert.equal((await tolerant.request('/jobs', { user: 'ada' })).status, 200)
})
