import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { makeApiKey } from '@jackalope/contracts'
import { listen, until } from '@jackalope/local-servers/testing'
import type { HttpProblem } from '@jackalope/service-kit'
import { type ApiKeyExchangeOptions, createApiKeyExchange } from '../../src/access/exchange-api-key.ts'
import { serviceToken } from '../support/test-gateway.ts'

/** Auth's exchange with keys of the test. `release` lets the held answers go. */
async function setup(t: TestContext, options: Partial<ApiKeyExchangeOptions> = {}) {
  const state = {
    keys: new Map<string, { expiresAt?: string }>(),
    asked: 0,
    isAway: false,
    gate: Promise.resolve(),
  }
  const server = createServer(async (request, response) => {
    state.asked += 1
    const { key } = (await json(request)) as { key: string }
    await state.gate
    const known = state.keys.get(key)
    const holder = { userId: 'ada', roles: ['user'], scopes: ['jobs:read'], emailVerified: true, ...known }
    assert.equal(request.headers.authorization, `Bearer ${serviceToken}`)
    if (state.isAway) response.writeHead(502).end('{}')
    else if (known) response.end(JSON.stringify(holder))
    else response.writeHead(404).end(JSON.stringify({ code: 'api-key-unknown' }))
  })
  const authUrl = await listen(t, server)
  return { state, exchange: createApiKeyExchange({ authUrl, serviceToken, ...options }) }
}

async function statusOf(answer: Promise<unknown>): Promise<number> {
  return await answer.then(
    () => 200,
    (error: HttpProblem) => error.status,
  )
}

test('asks auth once for a key, also when it is used many times at once', async t => {
  const { state, exchange } = await setup(t)
  const key = makeApiKey()
  state.keys.set(key, {})
  const users = await Promise.all(Array.from({ length: 50 }, () => exchange(key)))
  const { tokenExpiresAt, ...user } = users[0] ?? {}
  assert.deepEqual(user, { id: 'ada', roles: ['user'], scopes: ['jobs:read'], emailVerified: true })
  // An event stream that begins with the key ends as early as one with an access token.
  assert.ok(Number(tokenExpiresAt) <= Date.now() + 600_000)
  await exchange(key)
  assert.equal(state.asked, 1)
})

test('refuses a revoked key when its time is over', async t => {
  const { state, exchange } = await setup(t, { maxAgeMs: 100 })
  const key = makeApiKey()
  state.keys.set(key, {})
  assert.equal(await statusOf(exchange(key)), 200)
  state.keys.delete(key)
  await until(async () => (await statusOf(exchange(key))) === 401)
})

test('refuses a key when it expires, however long it could be remembered', async t => {
  const { state, exchange } = await setup(t)
  const key = makeApiKey()
  state.keys.set(key, { expiresAt: new Date(Date.now() + 200).toISOString() })
  assert.equal(await statusOf(exchange(key)), 200)
  state.keys.delete(key)
  await until(async () => (await statusOf(exchange(key))) === 401)
})

test('remembers for a moment that a key is unknown', async t => {
  const { state, exchange } = await setup(t, { unknownMaxAgeMs: 1_000 })
  const key = makeApiKey()
  for (let attempt = 0; attempt < 5; attempt += 1) assert.equal(await statusOf(exchange(key)), 401)
  assert.equal(state.asked, 1)
  state.keys.set(key, {})
  await until(async () => (await statusOf(exchange(key))) === 200)
})

test('knows its keys while auth is away, and answers 503 for others', async t => {
  const { state, exchange } = await setup(t)
  const [known, other] = [makeApiKey(), makeApiKey()]
  state.keys.set(known, {})
  await exchange(known)
  state.isAway = true
  assert.equal(await statusOf(exchange(known)), 200)
  assert.equal(await statusOf(exchange(other)), 503)
  state.isAway = false
  state.keys.set(other, {})
  assert.equal(await statusOf(exchange(other)), 200)
})

test('asks auth few questions at once, however many keys are invented', async t => {
  const { state, exchange } = await setup(t)
  const gate = Promise.withResolvers<void>()
  state.gate = gate.promise
  const known = makeApiKey()
  state.keys.set(known, {})
  const invented = Array.from({ length: 100 }, () => statusOf(exchange(makeApiKey())))
  await until(async () => state.asked === 32)
  gate.resolve()
  const statuses = await Promise.all(invented)
  assert.deepEqual([...new Set(statuses)].sort(), [401, 503])
  assert.equal(statuses.filter(status => status === 401).length, 32)
  assert.equal(await statusOf(exchange(known)), 200)
})
