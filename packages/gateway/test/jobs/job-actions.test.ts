import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { convertVideo, type JobDetails, jobDetails, videoIdOfJob } from '@jackalope/contracts'
import { onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { connectRedis } from '@jackalope/service-kit'
import { UnrecoverableError } from '@jackalope/worker-kit'
import { pino } from 'pino'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'

test('cancels a waiting job, and tries it again with all its attempts', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const canceled = await act(gateway, 'POST', `/jobs/${id}/cancel`)
  assert.deepEqual([canceled.status, canceled.body.state], [200, 'canceled'])
  assert.equal(canceled.body.error, 'Canceled: by its owner')
  assert.equal((await act(gateway, 'POST', `/jobs/${id}/cancel`)).status, 200)

  const retried = await act(gateway, 'POST', `/jobs/${id}/retry`)
  assert.deepEqual([retried.status, retried.body.state, retried.body.placeInLine], [202, 'waiting', 1])
  const attempts: unknown[] = []
  gateway.kit.work(convertVideo, async job => {
    attempts.push(job.attempt, job.data.retries)
    return await storeResult(gateway, job.id)
  })
  await untilState(gateway, id, 'completed')
  assert.deepEqual(attempts, [1, 1])
  for (const action of ['cancel', 'retry']) {
    const { status, body } = await act(gateway, 'POST', `/jobs/${id}/${action}`)
    assert.deepEqual([status, (body as { state: string }).state], [409, 'completed'])
  }
})

test('cancels a running job: its handler hears of it at once', async t => {
  const gateway = await startTestGateway(t)
  gateway.kit.work(convertVideo, async ({ signal }) => {
    await once(signal, 'abort')
    throw signal.reason
  })
  const id = await uploaded(gateway)
  await untilState(gateway, id, 'active')
  assert.equal((await act(gateway, 'POST', `/jobs/${id}/cancel`)).status, 202)
  const startedAt = performance.now()
  await untilState(gateway, id, 'canceled')
  assert.ok(performance.now() - startedAt < 3_000)
})

test('tries a failed job again, and one that Redis has lost', async t => {
  const gateway = await startTestGateway(t)
  let isBroken = true
  const rounds: unknown[] = []
  gateway.kit.work(convertVideo, async job => {
    if (isBroken) throw new UnrecoverableError('The video has no sound.')
    rounds.push(job.data.retries)
    return await storeResult(gateway, job.id)
  })
  const id = await uploaded(gateway)
  await untilState(gateway, id, 'failed')
  isBroken = false
  const answers = await Promise.all([1, 2, 3].map(() => act(gateway, 'POST', `/jobs/${id}/retry`)))
  // A request may find the round begun, and the job not in line yet: then it helps, and says so too.
  const statuses = answers.map(({ status }) => status).toSorted()
  assert.ok(statuses[0] === 202 && statuses.every(status => [202, 409].includes(status)), statuses.join())
  await untilState(gateway, id, 'completed')
  assert.deepEqual(rounds, [1], 'all together began one round, which ran once')

  const lost = await uploaded(gateway)
  await untilState(gateway, lost, 'completed')
  const another = await gateway.videos.put(await gateway.videos.open(videoIdOfJob(lost) ?? ''), {
    fileName: 'a.mp4',
    contentType: 'video/mp4',
    metadata: { ownerId: 'ada' },
  })
  assert.equal((await act(gateway, 'POST', `/jobs/v-${another.id}/retry`)).status, 202)
  await untilState(gateway, `v-${another.id}`, 'completed')
})

test('deletes a job with its files and its record', async t => {
  const gateway = await startTestGateway(t)
  gateway.kit.work(convertVideo, job => storeResult(gateway, job.id))
  const id = await uploaded(gateway)
  await untilState(gateway, id, 'completed')
  assert.equal((await act(gateway, 'DELETE', `/jobs/${id}`)).status, 204)
  assert.equal((await act(gateway, 'GET', `/jobs/${id}`)).status, 404)
  assert.equal((await act(gateway, 'DELETE', `/jobs/${id}`)).status, 404)
  assert.deepEqual(await leftOf(gateway, id), { videos: 0, audios: 0, record: false })
})

test('deletes a job that runs: the conversion stops and leaves nothing behind', async t => {
  const gateway = await startTestGateway(t)
  gateway.kit.work(convertVideo, async ({ id, signal }) => {
    await once(signal, 'abort')
    // It had stored its audio already.
    return await storeResult(gateway, id)
  })
  const id = await uploaded(gateway)
  await untilState(gateway, id, 'active')
  const startedAt = performance.now()
  assert.equal((await act(gateway, 'DELETE', `/jobs/${id}`)).status, 204)
  assert.ok(performance.now() - startedAt < 5_000)
  assert.deepEqual(await leftOf(gateway, id), { videos: 0, audios: 0, record: false })
})

test("refuses everything about another user's job alike", async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway, 'bob')
  for (const [method, path] of [
    ['POST', '/cancel'],
    ['POST', '/retry'],
    ['DELETE', ''],
    ['GET', '/events'],
    ['POST', '/audio/link'],
  ] as const) {
    const { status, body } = await act(gateway, method, `/jobs/${id}${path}`)
    assert.deepEqual([path, status, (body as { code?: string }).code], [path, 404, 'job-unknown'])
  }
})

test('deletes a job whose record in Redis is damaged, and lists it as unknown before', async t => {
  const gateway = await startTestGateway(t)
  const [good, torn, wrong] = [await uploaded(gateway), await uploaded(gateway), await uploaded(gateway)]
  const { bull } = gateway.kit.queue(convertVideo)
  const connection = connectRedis(redisUrl(), { logger: pino({ level: 'silent' }) })
  onEnd(t, () => connection.close())
  await connection.run('Redis', redis => redis.hset(bull.toKey(torn), 'opts', '{"torn'))
  await connection.run('Redis', redis => redis.del(bull.toKey(wrong)))
  await connection.run('Redis', redis => redis.set(bull.toKey(wrong), 'a text'))
  const response = await gateway.request('/jobs', { user: 'ada' })
  assert.equal(response.status, 200)
  const { jobs } = (await response.json()) as { jobs: JobDetails[] }
  const states = [good, torn, wrong].map(id => jobs.find(job => job.id === id)?.state)
  assert.deepEqual(states, ['waiting', 'unknown', 'unknown'])
  assert.ok(gateway.logs.some(({ msg, jobId }) => jobId === torn && /damaged/.test(String(msg))))
  for (const id of [torn, wrong]) {
    assert.equal((await act(gateway, 'DELETE', `/jobs/${id}`)).status, 204)
    assert.deepEqual(await leftOf(gateway, id), { videos: 0, audios: 0, record: false })
  }
})

async function act(gateway: TestGateway, method: string, path: string) {
  const response = await gateway.request(path, { user: 'ada', method })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as JobDetails }
}

async function untilState(gateway: TestGateway, id: string, state: string): Promise<JobDetails> {
  return await until(async () => {
    const { body } = await act(gateway, 'GET', `/jobs/${id}`)
    return body.state === state && jobDetails.parse(body)
  })
}

async function leftOf(gateway: TestGateway, jobId: string) {
  const count = async (blobs: AsyncIterable<unknown>) => (await Array.fromAsync(blobs)).length
  return {
    videos: Number((await gateway.videos.stat(videoIdOfJob(jobId) ?? '')) !== undefined),
    audios: await count(gateway.audios.list({ metadata: { jobId } })),
    record: (await gateway.kit.queue(convertVideo).readJobs([jobId]))[0] !== undefined,
  }
}
