import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { convertVideo, jobView, videoIdOfJob } from '@jackalope/contracts'
import {
  amqpUrl,
  listen,
  mongodbUrl,
  noMongodb,
  proxyTo,
  redisUrl,
  until,
} from '@jackalope/local-servers/testing'
import { storeResult, uploaded } from './support/conversions.ts'
import { answerTo, beginForm, boundary, filePart, upload } from './support/forms.ts'
import { startTestGateway, type TestGateway } from './support/test-gateway.ts'

/** Longest time until an outage is answered, in milliseconds. */
const soonMs = 9_000

const onMongodb = { skip: noMongodb }

test('while MongoDB is down everything about files is a 503, until it is back', onMongodb, async t => {
  const mongodb = await proxyTo(t, mongodbUrl())
  const gateway = await startTestGateway(t, { MONGODB_URL: mongodb.url })
  const id = await uploaded(gateway)
  await mongodb.cut()
  await Promise.all([
    isUnavailable(() => upload(gateway)),
    isUnavailable(() => gateway.request('/jobs', { user: 'ada' })),
    isUnavailable(() => gateway.request(`/jobs/${id}`, { user: 'ada' })),
    isUnavailable(() => gateway.request(`/jobs/${id}/audio`, { user: 'ada' })),
    isUnavailable(() => gateway.request('/download?fid=0123456789abcdef01234567', { user: 'ada' })),
  ])
  assert.deepEqual((await readiness(gateway)).checks, { jobs: 'up', blobs: 'down', auth: 'down' })
  await mongodb.restore()
  await until(async () => (await upload(gateway)).status === 202)
  assert.equal((await gateway.request(`/jobs/${id}`, { user: 'ada' })).status, 200)
})

test(
  'when MongoDB goes in the middle of an upload the answer is 503, and what is left can be swept',
  onMongodb,
  async t => {
    const mongodb = await proxyTo(t, mongodbUrl())
    const gateway = await startTestGateway(t, { MONGODB_URL: mongodb.url })
    const sent = beginForm(gateway)
    sent.write(filePart('a.mp4', randomBytes(3_000_000)).subarray(0, -2))
    await until(async () => (await gateway.countVideoPieces()) > 1)
    await mongodb.cut()
    const startedAt = performance.now()
    sent.write(randomBytes(3_000_000))
    const { status, body } = await answerTo(sent)
    assert.deepEqual([status, body.code], [503, 'unavailable'])
    assert.ok(performance.now() - startedAt < soonMs)
    sent.destroy()
    await mongodb.restore()
    await gateway.videos.sweepUnfinished(new Date(Date.now() + 1_000))
    assert.equal(await gateway.countVideoPieces(), 0)
  },
)

test('while Redis is down an upload is refused before its body, and what is finished is still there', async t => {
  const redis = await proxyTo(t, redisUrl())
  const gateway = await startTestGateway(t, { REDIS_URL: redis.url })
  const [finished, waiting] = [await uploaded(gateway), await uploaded(gateway)]
  await storeResult(gateway, finished)
  const pieces = await gateway.countVideoPieces()
  await redis.cut()

  const sent = beginForm(gateway, { 'Content-Length': '1000000' })
  sent.flushHeaders()
  assert.equal((await answerTo(sent)).status, 503)
  sent.destroy()
  await isUnavailable(() => gateway.request(`/jobs/${waiting}`, { user: 'ada' }))
  const view = await gateway.request(`/jobs/${finished}`, { user: 'ada' })
  assert.equal(jobView.parse(await view.json()).state, 'completed')
  assert.equal((await gateway.request(`/jobs/${finished}/audio`, { user: 'ada' })).status, 200)
  assert.equal(await gateway.countVideoPieces(), pieces)
  assert.equal((await readiness(gateway)).checks.jobs, 'down')

  await redis.restore()
  await until(async () => (await upload(gateway)).status === 202)
  assert.equal((await gateway.request(`/jobs/${waiting}`, { user: 'ada' })).status, 200)
})

test('an upload outlasts a short absence of Redis at its end', async t => {
  const redis = await proxyTo(t, redisUrl())
  const gateway = await startTestGateway(t, { REDIS_URL: redis.url })
  const sent = await beginUpload(gateway)
  await redis.cut()
  finishUpload(sent)
  setTimeout(() => void redis.restore(), 1_500)
  const { status, body } = await answerTo(sent)
  assert.equal(status, 202)
  const job = await gateway.kit.queue(convertVideo).getJob(String(body.id))
  assert.equal(job?.data.videoId, videoIdOfJob(String(body.id)))
})

test('an upload whose job cannot be recorded is a 503, and the video is deleted', async t => {
  const redis = await proxyTo(t, redisUrl())
  const gateway = await startTestGateway(t, { REDIS_URL: redis.url })
  const sent = await beginUpload(gateway)
  await redis.cut()
  const startedAt = performance.now()
  finishUpload(sent)
  const { status } = await answerTo(sent)
  assert.equal(status, 503)
  assert.ok(performance.now() - startedAt < soonMs)
  assert.equal(await gateway.countVideoPieces(), 0)
})

test('while RabbitMQ is down an upload is recorded, and converted when it is back', async t => {
  const rabbitmq = await proxyTo(t, amqpUrl())
  const gateway = await startTestGateway(t, { AMQP_URL: [rabbitmq.url] })
  await rabbitmq.cut()
  const startedAt = performance.now()
  const id = await uploaded(gateway)
  assert.ok(performance.now() - startedAt < soonMs)
  assert.equal((await gateway.request(`/jobs/${id}`, { user: 'ada' })).status, 200)

  await rabbitmq.restore()
  gateway.kit.work(convertVideo, job => storeResult(gateway, job.id))
  await until(async () => {
    const response = await gateway.request(`/jobs/${id}`, { user: 'ada' })
    return jobView.parse(await response.json()).finishedAt !== undefined
  })
})

test('is alive always, and ready when everything that it needs answers', async t => {
  const auth = await listen(
    t,
    createServer((_request, response) => response.end('{}')),
  )
  const rabbitmq = await proxyTo(t, amqpUrl())
  const gateway = await startTestGateway(t, {
    AMQP_URL: [rabbitmq.url],
    AUTH_URL: auth,
  })
  assert.deepEqual(await readiness(gateway), {
    status: 'ready',
    checks: { jobs: 'up', blobs: 'up', auth: 'up' },
  })
  await rabbitmq.cut()
  const { checks } = await until(async () => {
    const now = await readiness(gateway)
    return now.status === 'not ready' && now
  })
  assert.deepEqual(checks, { jobs: 'down', blobs: 'up', auth: 'up' })
  assert.equal((await gateway.request('/healthz')).status, 200)
  await rabbitmq.restore()
  await until(async () => (await readiness(gateway)).status === 'ready')
})

async function readiness(gateway: TestGateway) {
  const response = await gateway.request('/readyz')
  const body = (await response.json()) as { status: string; checks: Record<string, 'up' | 'down'> }
  assert.equal(response.status, body.status === 'ready' ? 200 : 503)
  return body
}

async function isUnavailable(call: () => Promise<Response>): Promise<void> {
  const startedAt = performance.now()
  const response = await call()
  const problem = (await response.json()) as Record<string, unknown>
  assert.deepEqual([response.status, problem.code], [503, 'unavailable'], JSON.stringify(problem))
  assert.ok(Number(response.headers.get('Retry-After')) > 0)
  assert.equal(response.headers.get('Content-Type'), 'application/problem+json')
  const tookMs = performance.now() - startedAt
  assert.ok(tookMs < soonMs, `took ${tookMs} ms`)
}

/** Sends an upload but for its last bytes. */
async function beginUpload(gateway: TestGateway) {
  const sent = beginForm(gateway)
  sent.write(filePart('a.mp4', randomBytes(1_500_000)).subarray(0, -2))
  await until(async () => (await gateway.countVideoPieces()) > 1)
  return sent
}

function finishUpload(sent: Awaited<ReturnType<typeof beginUpload>>): void {
  sent.end(`\r\n--${boundary}--\r\n`)
}
