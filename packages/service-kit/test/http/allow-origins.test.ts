import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { apiSecurityHeaders, HttpProblem, origins, readConfig } from '../../src/index.ts'
import { setup } from './setup.ts'

const app = 'https://app.example.com'
const routes = [
  (ctx: import('koa').Context) => {
    if (ctx.path === '/refused') throw new HttpProblem(409)
    ctx.body = 'hello'
  },
]
const preflight = { method: 'OPTIONS', headers: { Origin: app, 'Access-Control-Request-Method': 'PATCH' } }

test('scripts of the named origins may use the API, and read its problems', async t => {
  const { get } = await setup(t, routes, { corsOrigins: [app] })
  for (const path of ['/', '/refused', '/nothing']) {
    const { headers } = await get(path, { headers: { Origin: app } })
    assert.equal(headers.get('Access-Control-Allow-Origin'), app)
    assert.equal(headers.get('Access-Control-Allow-Credentials'), null)
    assert.match(headers.get('Access-Control-Expose-Headers') ?? '', /Location.*Retry-After.*Upload-Offset/)
    assert.match(headers.get('Vary') ?? '', /Origin/)
    assert.equal(headers.get('X-Content-Type-Options'), apiSecurityHeaders['X-Content-Type-Options'])
  }
  const asked = await get('/', preflight)
  assert.equal(asked.status, 204)
  assert.match(asked.headers.get('Access-Control-Allow-Methods') ?? '', /PATCH/)
  assert.ok(Number(asked.headers.get('Access-Control-Max-Age')) > 0)
})

test('scripts of other origins may not, and by default none may', async t => {
  const { get } = await setup(t, routes, { corsOrigins: [app] })
  const { get: getByDefault } = await setup(t, routes)
  const answers = [
    await get('/', { headers: { Origin: 'https://app.example.com.evil.example' } }),
    await get('/', { headers: { Origin: 'null' } }),
    await getByDefault('/', { headers: { Origin: app } }),
    await getByDefault('/', preflight),
  ]
  for (const { headers } of answers) assert.equal(headers.get('Access-Control-Allow-Origin'), null)
})

test('CORS_ORIGINS is a list of origins', () => {
  const read = (text: string) =>
    readConfig(z.object({ CORS_ORIGINS: origins() }), { CORS_ORIGINS: text }).CORS_ORIGINS
  assert.deepEqual(read(`${app}, http://localhost:5173`), [app, 'http://localhost:5173'])
  for (const text of ['*', 'app.example.com', `${app}/`, `${app}/path`, 'null', 'ftp://a.example', `${app},`])
    assert.throws(() => read(text), /CORS_ORIGINS: expected origins/, text)
})
