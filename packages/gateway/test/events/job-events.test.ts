import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertVideo, jobDetails } from '@jackalope/contracts'
import { onEnd, proxyTo, redisUrl, until } from '@jackalope/local-servers/testing'
import { connectRedis } from '@jackalope/service-kit'
import { pino } from 'pino'
import { storeResult, uploaded } from '../support/conversions.ts'
import { type EventReader, openEvents, type ReceivedEvent, resumeEvents } from '../support/event-reader.ts'
import { signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

test('tells a job from its snapshot to its end, and ends then', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const reader = await openEvents(gateway, `/jobs/${id}/events`)
  assert.equal(reader.status, 200)
  assert.match(reader.headers['content-type'] ?? '', /^text\/event-stream/)
  assert.equal(reader.headers['x-accel-buffering'], 'no')
  convert(gateway)
  await reader.ended
  const [first] = reader.events
  assert.deepEqual([first?.type, first?.data.id, first?.data.state], ['snapshot', id, 'waiting'])
  assert.deepEqual(statesOf(reader).slice(-2), ['active', 'completed'])
  const progress = reader.events.filter(({ type }) => type === 'progress').map(({ data }) => data)
  assert.deepEqual(progress, [{ id, progress: 42, stage: 'converting' }])
  const last = reader.events.at(-1)
  assert.match(JSON.stringify(last?.data.result), /"fileName":"song.mp3"/)

  // A browser comes back after the end; it is told to stay away.
  const again = await openEvents(gateway, `/jobs/${id}/events`, { lastEventId: last?.id })
  assert.equal(again.status, 204)
})

test('a client that has not seen the end is told of it, also by a gateway that knows no event of the end', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  convert(gateway)
  await untilCompleted(gateway, id)
  const redis = connectRedis(redisUrl(), { logger: pino({ level: 'silent' }) })
  onEnd(t, () => redis.close())
  const lastId = String(
    await redis.run('Redis', async client => {
      const [key] = await client.keys(`${gateway.prefix}:*${convertVideo.name}:events`)
      assert.ok(key)
      await client.del(key)
      return await client.xadd(key, '*', 'event', 'drained')
    }),
  )
  const replica = await gateway.startReplica()
  const path = `/jobs/${id}/events`
  const end = await until(async () => {
    const [snapshot] = await readToEnd(replica, path)
    return snapshot?.id.startsWith(lastId) && snapshot
  })
  const [told] = await readToEnd(replica, path, lastId)
  assert.deepEqual([told?.type, told?.data.state], ['snapshot', 'completed'])
  for (const seen of [end, told])
    assert.equal((await openEvents(replica, path, { lastEventId: seen?.id })).status, 204)
})

test('goes on after the last event that the client has seen, at any gateway', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const reader = await openEvents(gateway, '/events')
  await until(async () => reader.events.length > 0)
  reader.close()
  const lastEventId = reader.events.at(-1)?.id
  const work = convert(gateway)
  await untilCompleted(gateway, id)
  const replica = await gateway.startReplica()
  for (const place of [gateway, replica]) {
    const missed = await resumeEvents(place, '/events', lastEventId)
    await until(async () => statesOf(missed).at(-1) === 'completed')
    assert.ok(!missed.events.some(({ type }) => type === 'snapshot'))
    assert.deepEqual(statesOf(missed).slice(-2), ['active', 'completed'])
    missed.close()
  }
  await work.close({ timeoutMs: 1_000 })
})

test('tells a fresh snapshot when the last event is none of ours or long gone', async t => {
  const gateway = await startTestGateway(t)
  await uploaded(gateway)
  for (const lastEventId of ['1-0', 'x', '9'.repeat(500), '999999999999999-0']) {
    const reader = await openEvents(gateway, '/events', { lastEventId })
    await until(async () => reader.events.length > 0)
    assert.equal(reader.events[0]?.type, 'snapshot')
    assert.match(JSON.stringify(reader.events[0]?.data), /^\{"jobs":\[\{/)
    reader.close()
  }
})

test('tells a user of her own jobs only, also of those that are uploaded later', async t => {
  const gateway = await startTestGateway(t)
  const reader = await openEvents(gateway, '/events')
  await until(async () => reader.events.length > 0)
  const foreign = await uploaded(gateway, 'bob')
  const own = await uploaded(gateway, 'ada')
  convert(gateway)
  await until(async () => statesOf(reader).includes('completed'))
  await untilCompleted(gateway, foreign, 'bob')
  const ids = new Set(reader.events.slice(1).map(({ data }) => data.id))
  assert.deepEqual([...ids], [own])
  await gateway.request(`/jobs/${own}`, { user: 'ada', method: 'DELETE' })
  await until(async () => reader.events.at(-1)?.type === 'deleted')
  reader.close()
})

test('ends with the access token', async t => {
  const gateway = await startTestGateway(t)
  const exp = Math.floor(Date.now() / 1_000) + 2
  const reader = await openEvents(gateway, '/events', { token: signToken('ada', { exp }) })
  await reader.ended
  assert.ok(Date.now() >= exp * 1_000 - 50)
})

test('ends when the gateway is told to stop, and a wait is answered', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const reader = await openEvents(gateway, '/events')
  const waiting = gateway.request(`/jobs/${id}?wait=60`, { user: 'ada' })
  await until(async () => reader.events.length > 0)
  await gateway.close()
  await reader.ended
  assert.equal((await waiting).status, 200)
})

test('misses nothing while Redis is away: a fresh snapshot comes, and then the events go on', async t => {
  const redis = await proxyTo(t, redisUrl())
  const gateway = await startTestGateway(t, { REDIS_URL: redis.url })
  const id = await uploaded(gateway)
  const reader = await openEvents(gateway, `/jobs/${id}/events`)
  await until(async () => reader.events.length > 0)
  await redis.cut()
  const work = convert(gateway)
  await until(async () => (await gateway.kit.queue(convertVideo).readJobs([id]))[0]?.state === 'completed')
  await redis.restore()
  await reader.ended
  assert.equal(reader.events.at(-1)?.data.state, 'completed')
  await work.close({ timeoutMs: 1_000 })
})

test('a wait is answered at the next change of the state, or at once for a job that has ended', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const { promise: goOn, resolve } = Promise.withResolvers<void>()
  const get = async (wait: number) =>
    jobDetails.parse(await (await gateway.request(`/jobs/${id}?wait=${wait}`, { user: 'ada' })).json())
  assert.equal((await get(1)).state, 'waiting')
  const waits = Array.from({ length: 20 }, () => get(60))
  gateway.kit.work(convertVideo, async job => {
    await goOn
    return await storeResult(gateway, job.id)
  })
  assert.equal((await Promise.race(waits)).state, 'active')
  const next = get(60)
  resolve()
  for (const { state } of await Promise.all(waits)) assert.ok(['active', 'completed'].includes(state), state)
  assert.equal((await next).state, 'completed')
  const startedAt = performance.now()
  assert.equal((await get(60)).state, 'completed')
  assert.ok(performance.now() - startedAt < 5_000)
})

function convert(gateway: TestGateway) {
  return gateway.kit.work(convertVideo, async ({ id, job }) => {
    await job.updateProgress({ percent: 42, stage: 'converting' })
    return await storeResult(gateway, id)
  })
}

async function readToEnd(
  place: Pick<TestGateway, 'url'>,
  path: string,
  lastEventId?: string,
): Promise<ReceivedEvent[]> {
  const reader = await openEvents(place, path, { lastEventId })
  await reader.ended
  return reader.events
}

function statesOf(reader: EventReader): unknown[] {
  return reader.events.filter(({ type }) => type === 'state').map(({ data }) => data.state)
}

async function untilCompleted(gateway: TestGateway, id: string, user = 'ada'): Promise<void> {
  await until(async () => {
    const response = await gateway.request(`/jobs/${id}?wait=10`, { user })
    return ((await response.json()) as { state: string }).state === 'completed'
  })
}
