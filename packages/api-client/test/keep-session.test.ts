import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import { type ApiError, createClient, dataOf, keepSession, uploadVideo } from '../src/index.ts'

const tokens = (number: number) => ({
  access_token: `access-${number}`,
  token_type: 'Bearer' as const,
  expires_in: 600,
  refresh_token: `refresh-${number}`,
  refresh_expires_in: 2_592_000,
  scope: 'jobs:read',
})

/** A service that knows one access token, and one refresh token that gives the next pair; and a session with a clock. */
async function setup(t: TestContext) {
  const service = { valid: 1, refresh: 1, refreshStatus: 200, refreshes: 0, expired: 'token-expired' }
  const server = createServer(async (request, response) => {
    const problem = (status: number, code: string) =>
      response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify({ code }))
    const answer = (body: unknown) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/refresh') {
      service.refreshes += 1
      const { refresh_token } = (await json(request)) as { refresh_token: string }
      if (service.refreshStatus !== 200) return problem(service.refreshStatus, 'unavailable')
      if (refresh_token !== `refresh-${service.refresh}`) return problem(401, 'refresh-token-invalid')
      service.refresh += 1
      service.valid = service.refresh
      return answer(tokens(service.refresh))
    }
    await request.resume().toArray()
    if (request.headers.authorization !== `Bearer access-${service.valid}`)
      return problem(401, service.expired)
    answer({ id: 'v-1', jobs: [] })
  })
  const baseUrl = await listen(t, server)
  const clock = { ms: 0 }
  const token = keepSession(createClient({ baseUrl }), tokens(1), { now: () => clock.ms })
  const client = createClient({ baseUrl, token })
  return { service, clock, client, list: () => dataOf(client.GET('/jobs')) }
}

const minute = 60_000

test('renews the access token shortly before it expires, once for all requests of that time', async t => {
  const { service, clock, list } = await setup(t)
  await list()
  clock.ms = 8 * minute
  await list()
  assert.equal(service.refreshes, 0)
  for (const number of [1, 2]) {
    clock.ms += 9 * minute
    await Promise.all([list(), list(), list()])
    assert.equal(service.refreshes, number)
  }
})

test('renews an access token that is refused as expired, and sends the request again', async t => {
  const { service, client, list } = await setup(t)
  service.valid = 0
  await Promise.all([list(), list()])
  assert.equal(service.refreshes, 1)
  service.valid = 0
  await dataOf(client.POST('/account/api-keys', { body: { name: 'test', scopes: ['jobs:read'] } }))
  assert.equal(service.refreshes, 2)
})

test('an upload has a fresh token: its bytes cannot be sent twice', async t => {
  const { service, clock, client } = await setup(t)
  clock.ms = 11 * minute
  service.valid = 0
  await uploadVideo(client, { fileName: 'a.mp4', content: Readable.from([Buffer.from('video')]) })
  assert.equal(service.refreshes, 1)
})

test('goes on with the old token while there is no new one, and does not ask for it all the time', async t => {
  const { service, clock, list } = await setup(t)
  service.refreshStatus = 503
  clock.ms = 9.5 * minute
  await list()
  await list()
  assert.equal(service.refreshes, 1)
  service.valid = 0
  await assert.rejects(list(), { status: 503 })
  service.refreshStatus = 200
  clock.ms += 6_000
  await list()
  assert.equal(service.refreshes, 2)
})

test('says that the session has ended, and repeats no other refusal', async t => {
  const { service, list } = await setup(t)
  service.refresh = 7
  service.valid = 0
  await assert.rejects(list(), (error: ApiError) => error.code === 'refresh-token-invalid')
  service.expired = 'token-invalid'
  await assert.rejects(list(), (error: ApiError) => error.code === 'token-invalid')
  assert.equal(service.refreshes, 1)
})
