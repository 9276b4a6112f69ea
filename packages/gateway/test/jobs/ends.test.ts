import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import {
  type ConversionProgress,
  convertVideo,
  endField,
  type JobDetails,
  jobDetails,
  jobIdOfVideo,
  jobList,
  readEnd,
  videoIdOfJob,
} from '@jackalope/contracts'
import { LogLines, until } from '@jackalope/local-servers/testing'
import { createLogger } from '@jackalope/service-kit'
import { PostponeError, UnrecoverableError } from '@jackalope/worker-kit'
import { createConversions } from '../../src/jobs/conversions.ts'
import { adoptVideos } from '../../src/upkeep/adopt-videos.ts'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const noSound = 'The file has no audio track.'

test('a failure is known when Redis has lost the job, or has it as it was before; its owner can try it again', async t => {
  const gateway = await startTestGateway(t)
  const queue = gateway.kit.queue(convertVideo)
  let isBroken = true
  const worker = gateway.kit.work(convertVideo, async job => {
    if (isBroken) throw new UnrecoverableError(noSound)
    return await storeResult(gateway, job.id)
  })
  const id = await uploaded(gateway)
  await untilClaimed(gateway, id)
  const told = await untilState(gateway, id, 'failed')

  await queue.remove(id)
  const { history: _, ...shown } = await read(gateway, id)
  const { history: __, ...before } = told
  assert.deepEqual(shown, before)
  assert.deepEqual([shown.error, shown.attemptsMade], [noSound, 1])
  const list = jobList.parse(await (await gateway.request('/jobs?state=failed', { user: 'ada' })).json())
  assert.deepEqual(
    list.jobs.map(job => job.id),
    [id],
  )

  await worker.pause()
  // As an older copy of Redis has it.
  await queue.add({ videoId: videoIdOfJob(id) ?? '', ownerId: 'ada' }, { jobId: id })
  assert.equal((await read(gateway, id)).state, 'failed')
  isBroken = false
  assert.equal((await act(gateway, `/jobs/${id}/retry`)).status, 202)
  assert.equal((await read(gateway, id)).state, 'waiting')
  assert.equal((await act(gateway, `/jobs/${id}/retry`)).status, 409)
  await worker.resume()
  const done = await untilState(gateway, id, 'completed')
  assert.equal(done.error, undefined)
})

test('a cancellation is known when Redis has lost the job, and cancels a job that Redis has lost', async t => {
  const gateway = await startTestGateway(t)
  const queue = gateway.kit.queue(convertVideo)
  const canceled = await uploaded(gateway)
  const lost = await uploaded(gateway)
  assert.equal((await act(gateway, `/jobs/${canceled}/cancel`)).status, 200)
  for (const id of [canceled, lost]) await queue.remove(id)
  assert.equal((await read(gateway, lost)).state, 'unknown')
  assert.equal((await act(gateway, `/jobs/${lost}/cancel`)).status, 200)
  const logger = createLogger({ service: 'test', level: 'debug', destination: new LogLines() })
  const conversions = createConversions(() => queue, { logger })
  assert.equal(
    await adoptVideos({ videos: gateway.videos, conversions, logger }, Date.now() + 600_000),
    0,
    'what has ended gets no job',
  )
  for (const id of [canceled, lost]) {
    const { state, error } = await read(gateway, id)
    assert.deepEqual([state, error], ['canceled', 'Canceled: by its owner'])
    assert.equal((await act(gateway, `/jobs/${id}/retry`)).status, 202)
    assert.equal((await read(gateway, id)).state, 'waiting')
  }
})

test('a job that fails without an attempt has its end claimed, too', async t => {
  const gateway = await startTestGateway(t)
  gateway.kit.work(convertVideo, async () => assert.fail('it ran'))
  const { id: videoId } = await gateway.videos.put(Readable.from(['x']), {
    fileName: 'a.mp4',
    contentType: 'video/mp4',
    metadata: { ownerId: 'ada' },
  })
  const id = jobIdOfVideo(videoId)
  await gateway.kit.queue(convertVideo).bull.add('video.convert', { wrong: true }, { jobId: id })
  await untilClaimed(gateway, id)
  assert.match((await read(gateway, id)).error ?? '', /for a reason of ours/)
})

test('right after the end one view of it: state, percent, attempts, times and history', async t => {
  const gateway = await startTestGateway(t)
  const gate = Promise.withResolvers<void>()
  gateway.kit.work(convertVideo, async job => {
    const startedAt = new Date().toISOString()
    await job.log(JSON.stringify({ attempt: 1, startedAt }))
    const last = { attemptsMade: 1, startedAt, finishedAt: new Date().toISOString() }
    const result = await storeResult(gateway, job.id, undefined, undefined, last)
    // Redis hears of it later.
    await gate.promise
    return result
  })
  const id = await uploaded(gateway)
  const first = await untilState(gateway, id, 'completed')
  assert.deepEqual([first.progress, first.attemptsMade, first.stage], [100, 1, undefined])
  assert.ok(first.finishedAt)
  assert.deepEqual(
    first.history.map(({ endedAt, reason }) => [endedAt, reason]),
    [[first.finishedAt, undefined]],
  )
  gate.resolve()
  const queue = gateway.kit.queue(convertVideo)
  await until(async () => (await queue.readJobs([id]))[0]?.state === 'completed')
  assert.deepEqual(await read(gateway, id), first)
  await queue.remove(id)
  assert.deepEqual(await read(gateway, id), first)
})

test('a job that waits for the end of a fault of ours says so', async t => {
  const gateway = await startTestGateway(t)
  const waitForUs = { since: new Date().toISOString(), nextAttemptAt: new Date().toISOString(), pauses: 3 }
  gateway.kit.work(convertVideo, async job => {
    await job.progress({ percent: 0, stage: 'fetching', waitForUs } satisfies ConversionProgress)
    throw new PostponeError(60_000)
  })
  const id = await uploaded(gateway)
  const job = await untilState(gateway, id, 'delayed')
  assert.deepEqual([job.waitingForUs, job.attemptsMade], [waitForUs, 0])
  assert.match(job.error ?? '', /a reason of ours\. The job waits/)
  assert.equal((await act(gateway, `/jobs/${id}/cancel`)).status, 200)
  const canceled = await read(gateway, id)
  assert.deepEqual([canceled.state, canceled.waitingForUs], ['canceled', undefined])
})

test('a job waits for us, tried or not, while no converter takes jobs', async t => {
  const gateway = await startTestGateway(t)
  const worker = gateway.kit.work(convertVideo, async job => await storeResult(gateway, job.id))
  await untilState(gateway, await uploaded(gateway), 'completed')
  await worker.pause()
  const id = await uploaded(gateway)
  const waiting = await until(async () => {
    const job = await read(gateway, id)
    return job.waitingForUs && job
  })
  assert.deepEqual([waiting.state, waiting.waitingForUs?.pauses, waiting.attemptsMade], ['waiting', 0, 0])
  await worker.resume()
  const done = await untilState(gateway, id, 'completed')
  assert.deepEqual([done.waitingForUs, done.error], [undefined, undefined])
})

async function act(gateway: TestGateway, path: string) {
  const { status } = await gateway.request(path, { user: 'ada', method: 'POST' })
  return { status }
}

async function read(gateway: TestGateway, id: string): Promise<JobDetails> {
  return jobDetails.parse(await (await gateway.request(`/jobs/${id}`, { user: 'ada' })).json())
}

async function untilState(gateway: TestGateway, id: string, state: string): Promise<JobDetails> {
  return await until(async () => {
    const job = await read(gateway, id)
    return job.state === state && job
  })
}

/** Waits until the end of a job is in its video's metadata. */
async function untilClaimed({ videos }: TestGateway, id: string): Promise<void> {
  await until(async () => {
    const metadata = (await videos.stat(videoIdOfJob(id) ?? ''))?.metadata ?? {}
    return readEnd(metadata) !== undefined && endField(metadata) === 'end0'
  })
}
