import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertVideo, type JobView, jobView } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { UnrecoverableError } from '@jackalope/worker-kit'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'

test('shows a job from waiting to completed', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  assert.deepEqual(pick(await getJob(gateway, id)), { state: 'waiting', progress: 0, attemptsMade: 0 })

  const { promise: goOn, resolve } = Promise.withResolvers<void>()
  gateway.kit.work(convertVideo, async ({ id, progress }) => {
    await progress(42)
    await goOn
    return await storeResult(gateway, id)
  })
  const active = await until(async () => {
    const job = await getJob(gateway, id)
    return job.progress === 42 && job
  })
  assert.equal(active.state, 'active')
  assert.ok(active.startedAt)
  assert.equal(active.finishedAt, undefined)

  resolve()
  const completed = await until(async () => {
    const job = await getJob(gateway, id)
    return job.finishedAt !== undefined && job
  })
  assert.deepEqual(pick(completed), { state: 'completed', progress: 100, attemptsMade: 1 })
  assert.equal(completed.result?.fileName, 'song.mp3')
  assert.equal(completed.error, undefined)
})

test("shows the converter's verdict when a conversion failed for good", async t => {
  const gateway = await startTestGateway(t)
  gateway.kit.work(convertVideo, async () => {
    throw new UnrecoverableError('The video has no sound.')
  })
  const id = await uploaded(gateway)
  const failed = await until(async () => {
    const job = await getJob(gateway, id)
    return job.state === 'failed' && job
  })
  assert.equal(failed.error, 'The video has no sound.')
  assert.ok(failed.finishedAt)
})

test('says that an attempt failed, and keeps the insides of the system to itself', async t => {
  const gateway = await startTestGateway(t)
  gateway.kit.work(convertVideo, async () => {
    throw new Error('connect ECONNREFUSED mongodb://me:secret@10.0.0.7')
  })
  const id = await uploaded(gateway)
  const delayed = await until(async () => {
    const job = await getJob(gateway, id)
    return job.state === 'delayed' && job
  })
  assert.match(delayed.error ?? '', /will be tried again/)
  assert.doesNotMatch(JSON.stringify(delayed), /secret|10\.0\.0\.7/)
})

test('shows a job as completed that Redis has lost, when the video has a result', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const result = await storeResult(gateway, id)
  await (await gateway.kit.queue(convertVideo).getJob(id))?.remove()
  const job = await getJob(gateway, id)
  assert.deepEqual([job.state, job.progress, job.result], ['completed', 100, result])
})

test('shows a job as unknown that Redis has lost without a result', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  await (await gateway.kit.queue(convertVideo).getJob(id))?.remove()
  assert.equal((await getJob(gateway, id)).state, 'unknown')
})

test("answers alike for another user's job, an unknown one and what is no job id", async t => {
  const gateway = await startTestGateway(t)
  const foreign = await uploaded(gateway, 'bob')
  const answers = await Promise.all(
    [foreign, 'v-0123456789abcdef01234567', 'v-1', 'x', '%2e%2e%2f', foreign.toUpperCase()].flatMap(id =>
      [`/jobs/${id}`, `/jobs/${id}/audio`].map(async path => {
        const response = await gateway.request(path, { user: 'ada' })
        const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>
        return { status: response.status, problem }
      }),
    ),
  )
  assert.equal(answers[0]?.status, 404)
  assert.equal(answers[0].problem.code, 'job-unknown')
  for (const answer of answers) assert.deepEqual(answer, answers[0])
})

function pick({ state, progress, attemptsMade }: JobView) {
  return { state, progress, attemptsMade }
}

async function getJob(gateway: TestGateway, id: string): Promise<JobView> {
  const response = await gateway.request(`/jobs/${id}`, { user: 'ada' })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('Cache-Control'), 'no-store')
  return jobView.parse(await response.json())
}
