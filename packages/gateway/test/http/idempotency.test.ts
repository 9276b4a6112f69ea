import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import { filePart, formEnd, sendForm } from '../support/forms.ts'
import { signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const send = (gateway: TestGateway, key: string, bytes: string) =>
  sendForm(gateway, [filePart('song.mp4', bytes), formEnd], { 'Idempotency-Key': key })

async function listed(gateway: TestGateway): Promise<number> {
  const { jobs } = (await (await gateway.request('/jobs', { user: 'ada' })).json()) as { jobs: unknown[] }
  return jobs.length
}

test('an upload that is sent again makes no second job, also at another replica', async t => {
  const gateway = await startTestGateway(t)
  const replica = { ...gateway, url: (await gateway.startReplica()).url }
  const key = randomUUID()
  const first = await send(gateway, key, 'a video')
  assert.equal(first.status, 202)
  const again = await send(replica, key, 'a video')
  assert.deepEqual(
    [again.status, again.body, again.headers.location],
    [202, first.body, first.headers.location],
  )
  assert.equal(again.headers['idempotency-replayed'], 'true')
  const other = await send(replica, key, 'another video')
  assert.deepEqual([other.status, other.body.code], [422, 'idempotency-key-reused'])
  assert.equal(await listed(gateway), 1)
})

test('a video that is sent again as the body makes no second job', async t => {
  const gateway = await startTestGateway(t)
  const put = (body: string, key: string) =>
    gateway.request('/upload/song.mp4', {
      method: 'PUT',
      user: 'ada',
      headers: { 'Content-Type': 'video/mp4', 'Idempotency-Key': key },
      body,
    })
  const key = randomUUID()
  const statuses = [await put('a video', key), await put('a video', key), await put('b video', key)].map(
    ({ status }) => status,
  )
  assert.deepEqual([statuses, await listed(gateway)], [[202, 202, 422], 1])
  // What was refused made nothing: the key is free.
  assert.equal((await put('', `${key}2`)).status, 422)
  assert.equal((await put('a video', `${key}2`)).status, 202)
})

test('an upload that breaks off frees its key', async t => {
  const gateway = await startTestGateway(t)
  const key = randomUUID()
  const broken = await sendForm(gateway, [filePart('song.mp4', 'a video')], { 'Idempotency-Key': key })
  assert.equal(broken.status, 400)
  assert.equal((await send(gateway, key, 'a video')).status, 202)
})

test('what auth makes is made once, and the answer is given again', async t => {
  const asked: string[] = []
  const auth = createServer(async (request, response) => {
    asked.push(`${request.url} ${await text(request)}`)
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(`{"n":${asked.length}}`)
  })
  const gateway = await startTestGateway(t, { AUTH_URL: await listen(t, auth) }, { checkAnswers: false })
  const register = async (email: string, key: string) =>
    await gateway.request('/register', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ email, password: 'Correct-horse-9' }),
    })
  const key = randomUUID()
  assert.equal((await register('ada@example.com', key)).status, 201)
  const again = await register('ada@example.com', key)
  assert.deepEqual([again.status, await again.json()], [201, { n: 1 }])
  assert.equal((await register('bob@example.com', key)).status, 422)
  assert.equal(asked.length, 1)
})

test("a key is its user's", async t => {
  const gateway = await startTestGateway(t)
  const key = randomUUID()
  const put = async (user: string) => {
    const headers = {
      'Content-Type': 'video/mp4',
      'Idempotency-Key': key,
      Authorization: `Bearer ${signToken(user)}`,
    }
    const response = await gateway.request('/upload/song.mp4', { method: 'PUT', headers, body: 'a video' })
    return ((await response.json()) as { id: string }).id
  }
  const [adas, bobs] = [await put('ada'), await put('bob')]
  assert.notEqual(adas, bobs)
  assert.equal(await put('ada'), adas)
})
