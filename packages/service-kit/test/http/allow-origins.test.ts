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

test('scripts may send and read the headers of the API', async t => {
  const { get } = await setup(t, routes, { corsOrigins: [app] })
  const sent = [
    ...['Authorization', 'Content-Type', 'Content-Disposition', 'Accept', 'Accept-Language', 'X-Request-Id'],
    ...['Idempotency-Key', 'Last-Event-ID', 'Range'],
    ...['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', 'If-Range'],
    ...['Tus-Resumable', 'Upload-Checksum', 'Upload-Length', 'Upload-Metadata', 'Upload-Offset'],
    ...['Upload-Concat', 'Upload-Defer-Length', 'X-HTTP-Method-Override'],
  ]
  // Browsers send the names in lower case, sorted, without spaces (Fetch Standard).
  const asked = sent.map(name => name.toLowerCase()).toSorted()
  const headers = { ...preflight.headers, 'Access-Control-Request-Headers': asked.join(',') }
  const allowed = listOf((await get('/', { ...preflight, headers })).headers, 'Access-Control-Allow-Headers')
  for (const name of asked) assert.ok(allowed.includes(name), name)

  const exposed = listOf(
    (await get('/', { headers: { Origin: app } })).headers,
    'Access-Control-Expose-Headers',
  )
  for (const name of [
    ...[
      'Accept-Ranges',
      'Content-Disposition',
      'Content-Location',
      'Content-Range',
      'ETag',
      'Link',
      'Location',
    ],
    ...['RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id', 'WWW-Authenticate', 'Allow'],
    ...['Idempotency-Replayed', 'Jackalope-Job-Id'],
    ...['Tus-Checksum-Algorithm', 'Tus-Extension', 'Tus-Max-Size', 'Tus-Resumable', 'Tus-Version'],
    ...['Upload-Expires', 'Upload-Length', 'Upload-Metadata', 'Upload-Offset'],
  ])
    assert.ok(exposed.includes(name.toLowerCase()), name)
})

test('scripts may ask for the options of an endpoint, and read them', async t => {
  const { get } = await setup(t, routes, { corsOrigins: [app] })
  const asked = await get('/', {
    ...preflight,
    headers: { ...preflight.headers, 'Access-Control-Request-Method': 'OPTIONS' },
  })
  assert.match(asked.headers.get('Access-Control-Allow-Methods') ?? '', /OPTIONS/)
  const { headers } = await get('/', { method: 'OPTIONS', headers: { Origin: app } })
  assert.equal(headers.get('Access-Control-Allow-Origin'), app)
  assert.ok(listOf(headers, 'Access-Control-Expose-Headers').includes('tus-max-size'))
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

/** Names in lower case, of a header that lists names. */
function listOf(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? '').toLowerCase().split(/ *, */)
}
