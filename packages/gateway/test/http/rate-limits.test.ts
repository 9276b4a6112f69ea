import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig, trustProxies } from '@jackalope/service-kit'
import { z } from 'zod'
import { rateLimits } from '../../src/http/rate-limits.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const read = (text?: string) => readConfig(z.object({ RATE_LIMITS: rateLimits() }), { RATE_LIMITS: text })

/** Statuses of some requests in a row. */
async function statuses(gateway: TestGateway, paths: string[], init: Parameters<TestGateway['request']>[1]) {
  const all: number[] = []
  for (const path of paths) all.push((await gateway.request(path, init)).status)
  return all
}

test('limits are of a user, by class, wherever he comes from', async t => {
  const gateway = await startTestGateway(t, read('read=2,write=1'))
  assert.deepEqual(await statuses(gateway, ['/jobs', '/jobs', '/jobs'], { user: 'ada' }), [200, 200, 429])
  const response = await gateway.request('/jobs', { user: 'bob' })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('RateLimit-Policy'), '"read";q=2;w=60')
  assert.match(response.headers.get('RateLimit') ?? '', /^"read";r=1;t=(60|59)$/)

  const refused = await gateway.request('/jobs', { user: 'ada' })
  assert.ok(Number(refused.headers.get('Retry-After')) > 0)
  assert.match(refused.headers.get('RateLimit') ?? '', /^"read";r=0;t=\d+$/)
  assert.equal(((await refused.json()) as { code: string }).code, 'rate-limited')
})

test('without a user they are of an address, and of a whole network of IPv6', async t => {
  const gateway = await startTestGateway(t, {
    ...read('credentials=1'),
    TRUSTED_PROXIES: trustProxies(['loopback']),
  })
  const login = async (address: string) =>
    (await gateway.request('/login', { method: 'POST', headers: { 'X-Forwarded-For': address } })).status
  // Nobody answers at the address of auth: 503 is what lies behind the limit.
  assert.deepEqual([await login('203.0.113.1'), await login('203.0.113.1')], [503, 429])
  assert.deepEqual([await login('203.0.113.2'), await login('203.0.113.1, 203.0.113.2')], [503, 429])
  assert.deepEqual([await login('2001:db8::1'), await login('2001:db8::ffff:1')], [503, 429])
  assert.equal(await login('2001:db8:0:1::1'), 503)
})

test('tests and replays of webhooks have a limit of their own, of the user: they make us send something', async t => {
  const gateway = await startTestGateway(t, read('deliveries=1'))
  const hook = '/account/webhooks/00000000-0000-4000-8000-000000000000'
  const paths = [`${hook}/test`, `${hook}/deliveries/00000000-0000-4000-8000-000000000000/replay`]
  // Nobody answers at the address of auth: 503 is what lies behind the limit.
  assert.deepEqual(await statuses(gateway, paths, { user: 'ada', method: 'POST' }), [503, 429])
  assert.deepEqual(
    await statuses(gateway, [...paths, hook], { user: 'bob', method: 'POST' }),
    [503, 429, 405],
  )
})

test('requests without a valid token count for their address, and probes for none', async t => {
  const gateway = await startTestGateway(t, read('address=2'))
  assert.deepEqual(await statuses(gateway, ['/healthz', '/readyz', '/healthz'], {}), [200, 503, 200])
  assert.deepEqual(await statuses(gateway, ['/jobs', '/jobs', '/jobs'], {}), [401, 401, 429])
})

test('RATE_LIMITS names what differs from the defaults, and a typo is a fault', () => {
  assert.deepEqual(read('read=10, upload=0').RATE_LIMITS, { ...read().RATE_LIMITS, read: 10, upload: 0 })
  for (const text of ['reads=1', 'read', 'read=-1', 'read=1e3', 'read=1,,write=2', '10', 'toString=1'])
    assert.throws(() => read(text), /RATE_LIMITS: expected limits such as/, text)
})
