import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { test } from 'node:test'
import { createTestPlace } from '@jackalope/blob-store/testing'
import { amqpUrl, onEnd, redisUrl, startService } from '@jackalope/local-servers/testing'
import { jwtSecret, linkSecret, publicUrl, serviceToken, signToken } from './support/test-gateway.ts'

const main = new URL('../src/main.ts', import.meta.url)

test('names every fault of its configuration at once, and no secret', async t => {
  const { ended } = await startService(t, main, {
    PORT: '80a',
    JWT_SECRET: 'too-short-secret',
    LINK_SECRET: 'too-short-secret',
    AUTH_URL: 'auth',
    AMQP_URL: 'http://me:password@rabbit',
    MAX_UPLOAD_BYTES: '2GB',
  })
  const { code, stderr } = await ended
  assert.equal(code, 78)
  for (const fault of [
    'PORT: expected an integer from 1 to 65535, got "80a"',
    'JWT_SECRET: is too short: expected at least 32 bytes',
    'AUTH_URL: ',
    'AMQP_URL: ',
    'REDIS_URL: is not set',
    'PUBLIC_URL: is not set',
    'LINK_SECRET: is too short',
    'MONGODB_URL: is not set',
    'MAX_UPLOAD_BYTES: expected an integer',
  ])
    assert.ok(stderr.includes(fault), `${fault} is missing in ${stderr}`)
  assert.doesNotMatch(stderr, /too-short-secret|me:password|at .*\.ts/)
})

test('starts before its servers, says 503, and ends when told to', async t => {
  const nowhere = '127.0.0.1:9'
  const gateway = await startService(t, main, {
    JWT_SECRET: jwtSecret,
    SERVICE_TOKEN: serviceToken,
    LINK_SECRET: linkSecret,
    PUBLIC_URL: publicUrl,
    AUTH_URL: `http://${nowhere}`,
    AMQP_URL: `amqp://${nowhere}`,
    REDIS_URL: `redis://${nowhere}`,
    MONGODB_URL: `mongodb://${nowhere}`,
  })
  await gateway.logged('listening')
  const headers = { Authorization: `Bearer ${signToken('ada')}` }
  assert.equal((await fetch(`${gateway.url}/healthz`)).status, 200)
  assert.equal((await fetch(`${gateway.url}/jobs`, { headers })).status, 503)
  assert.equal((await fetch(`${gateway.url}/jobs`)).status, 401)
  gateway.child.kill('SIGTERM')
  assert.equal((await gateway.ended).code, 0)
})

test('lets a running upload end when it is told to stop', async t => {
  const stores = createTestPlace()
  onEnd(t, () => stores.remove())
  const gateway = await startService(t, main, {
    JWT_SECRET: jwtSecret,
    SERVICE_TOKEN: serviceToken,
    LINK_SECRET: linkSecret,
    PUBLIC_URL: publicUrl,
    AUTH_URL: 'http://127.0.0.1:9',
    // A cluster whose first node is down.
    AMQP_URL: `amqp://127.0.0.1:9,${amqpUrl()}`,
    REDIS_URL: redisUrl(),
    ...stores.variables,
    MAX_UPLOAD_BYTES: '10000000',
  })
  await gateway.logged('ready')
  const sent = request(`${gateway.url}/upload`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${signToken('ada')}`,
      'Content-Type': 'multipart/form-data; boundary=b',
    },
  })
  sent.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n')
  await new Promise(resolve => sent.write(randomBytes(1_000_000), resolve))
  gateway.child.kill('SIGTERM')
  await gateway.logged('stopping')
  // With an empty second file the upload is refused, and leaves nothing in the shared database.
  const empty = '--b\r\nContent-Disposition: form-data; name="file"; filename="b.mp4"\r\n\r\n\r\n'
  sent.end(`\r\n${empty}--b--\r\n`)
  const [response] = await once(sent, 'response')
  assert.equal(response.statusCode, 422)
  response.resume()
  assert.equal((await gateway.ended).code, 0)
})
