import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import {
  convertVideo,
  eraseAccount,
  jobIdOfVideo,
  jobView,
  storageUpkeep,
  videoIdOfJob,
} from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { createConversions } from '../../src/jobs/conversions.ts'
import { expireSources } from '../../src/upkeep/expire-sources.ts'
import { ensureSchedule } from '../../src/upkeep/keep-schedule.ts'
import { emptyReport, type UpkeepHandler, upkeepOf } from '../../src/upkeep/run-upkeep.ts'
import type { UpkeepDeps } from '../../src/upkeep/upkeep-deps.ts'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const fast = {
  SOURCE_RETENTION_SECONDS: 1,
  AUDIO_RETENTION_SECONDS: 4,
  UPKEEP_INTERVAL_SECONDS: 1,
  ORPHAN_GRACE_SECONDS: 1,
}

const end = {
  state: 'failed',
  error: 'The file has no audio track.',
  attemptsMade: 1,
  finishedAt: '2026-11-30T01:00:00.000Z',
}

test('files go when their time is over, and what crashes left gets an owner or an end, or goes', async t => {
  const gateway = await startTestGateway(t, fast)
  const { videos, audios } = gateway
  const [done, failed, open] = [await uploaded(gateway), await uploaded(gateway), await uploaded(gateway)]
  const { audioId } = await storeResult(gateway, done)
  await videos.claimMetadata(videoIdOfJob(failed) ?? '', 'end0', end)
  const lost = await uploaded(gateway)
  await audios.delete((await storeResult(gateway, lost)).audioId)
  const orphan = await put(gateway.videos, id => ({ ownerId: 'ada', jobId: jobIdOfVideo(id) }))
  const stray = await put(gateway.audios, () => ({ ownerId: 'ada', jobId: jobIdOfVideo(orphan) }))
  await put(gateway.audios, () => ({ ownerId: 'ada', jobId: 'v-abcdef0123456789abcdef01' }))
  const ghost = 'v-abcdef0123456789abcdef02'
  await gateway.kit
    .queue(convertVideo)
    .add({ videoId: ghost.slice(2), ownerId: 'ada', fileName: 'a.mp4' }, { jobId: ghost })

  // The source goes first, and only the failed job suffers.
  for (const id of [done, failed])
    await until(async () => (await videos.stat(videoIdOfJob(id) ?? ''))?.contentRemovedAt)
  assert.equal((await view(gateway, done)).state, 'completed')
  const retried = await gateway.request(`/jobs/${failed}/retry`, { method: 'POST', user: 'ada' })
  assert.deepEqual([retried.status, await codeOf(retried)], [410, 'source-expired'])

  const expired = await until(async () => {
    const job = await view(gateway, done)
    return job.state === 'expired' && job
  })
  assert.match(expired.expired?.reason ?? '', /kept for 4 seconds/)
  await until(async () => (await audios.stat(audioId)) === undefined)
  for (const path of [`/jobs/${done}/audio`, `/download?fid=${audioId}`]) {
    const response = await gateway.request(path, { user: 'ada' })
    const { code, detail, expiredAt } = (await response.json()) as Record<string, unknown>
    assert.deepEqual([response.status, code, expiredAt], [410, 'audio-expired', expired.expired?.at])
    assert.match(String(detail), /kept for 4 seconds/)
  }
  assert.equal((await gateway.request(`/download?fid=${audioId}`, { user: 'bob' })).status, 404)

  assert.match((await view(gateway, lost)).expired?.reason ?? '', /is lost/)
  const queue = gateway.kit.queue(convertVideo)
  await until(async () => (await queue.getJob(jobIdOfVideo(orphan))) !== undefined)
  await until(async () => (await queue.getJob(ghost)) === undefined)
  await until(async () => (await Array.fromAsync(audios.list())).every(({ id }) => id === stray))
  assert.equal((await videos.stat(videoIdOfJob(open) ?? ''))?.contentRemovedAt, undefined)
  assert.equal((await view(gateway, open)).state, 'waiting')
  const listed = await gateway.request('/jobs?state=expired', { user: 'ada' })
  const { jobs } = (await listed.json()) as { jobs: { id: string }[] }
  assert.deepEqual(jobs.map(({ id }) => id).sort(), [done, lost].sort())

  // The run that has removed the audio tells of it at its end.
  const reports = await until(async () => {
    const ended = await gateway.kit.queue(storageUpkeep).bull.getJobs(['completed'])
    return ended.some(({ returnvalue }) => returnvalue.audios.count > 0) && ended
  })
  const sum = (count: (report: (typeof reports)[number]['returnvalue']) => number) =>
    reports.reduce((total, { returnvalue }) => total + count(returnvalue), 0)
  assert.equal(
    sum(({ sources }) => sources.count),
    3,
  )
  assert.equal(
    sum(({ audios: { sizeBytes } }) => sizeBytes),
    'bytes of audio'.length,
  )
  assert.equal(
    sum(({ orphans }) => orphans.adoptedVideos),
    1,
  )
  assert.equal(
    sum(({ orphans }) => orphans.lostAudios),
    1,
  )

  const deleted = await gateway.request(`/jobs/${done}`, { method: 'DELETE', user: 'ada' })
  assert.equal(deleted.status, 204)
  assert.equal(await videos.stat(videoIdOfJob(done) ?? ''), undefined)
})

test('a run that is killed anywhere is repeated, and ends what it began', async t => {
  const gateway = await startTestGateway(t)
  const { videos, kit } = gateway
  const jobs = [await uploaded(gateway), await uploaded(gateway), await uploaded(gateway)]
  for (const id of jobs) await storeResult(gateway, id)
  // One that has no job.
  await put(videos, id => ({ ownerId: 'ada', jobId: jobIdOfVideo(id) }))
  const audios = failingOnce(gateway.audios, 1, new Error('killed'))
  const logger = { info() {}, warn() {} }
  const conversions = createConversions(() => kit.queue(convertVideo), { logger })
  const retention = { sourceMs: 1, audioMs: 1, jobMs: undefined, orphanMs: 1, intervalMs: 1_000 }
  const jobEvents = { listen: () => () => {} } as unknown as UpkeepDeps['jobEvents']
  const deps = { videos, audios, conversions, jobEvents, getQueue: () => kit.queue(convertVideo), retention }
  const job = { signal: new AbortController().signal, logger } as unknown as Parameters<UpkeepHandler>[0]
  const run = async () => await upkeepOf(deps)(job)

  const first = await run()
  assert.equal(first.isComplete, false)
  assert.equal(first.orphans.adoptedVideos, 1, 'the steps after the one that failed have run')
  const views = await Promise.all(jobs.map(id => view(gateway, id)))
  assert.ok(views.filter(({ state }) => state === 'expired').length >= 1)
  const report = await run()
  assert.equal(report.sources.count, 0, 'the first run has removed them')
  assert.equal(report.audios.count, 2)
  assert.deepEqual(await Array.fromAsync(gateway.audios.list()), [])
  for (const id of jobs) assert.equal((await view(gateway, id)).state, 'expired')
  assert.deepEqual({ ...(await run()), tookMs: 0 }, { ...emptyReport(), isComplete: true, tookMs: 0 })

  // An account that is erased now leaves nothing of expired jobs either.
  const erase = kit.queue(eraseAccount)
  await erase.add({ userId: 'ada' }, { jobId: 'erase-ada' })
  await until(async () => (await erase.getJob('erase-ada'))?.finishedOn !== undefined)
  assert.deepEqual(await Array.fromAsync(videos.list()), [])
})

test('of a retry and the end of a file’s time the first one counts, and the other one is told', async t => {
  const gateway = await startTestGateway(t)
  const [retried, expired] = [await uploaded(gateway), await uploaded(gateway)]
  for (const id of [retried, expired]) await gateway.videos.claimMetadata(videoIdOfJob(id) ?? '', 'end0', end)
  const page = await Array.fromAsync(gateway.videos.list())
  const retry = (id: string) => gateway.request(`/jobs/${id}/retry`, { method: 'POST', user: 'ada' })
  // The upkeep has read the jobs as failed when one of them is tried again, and is killed before it removes the other's file.
  const has = (id: string) => async () =>
    (await gateway.videos.stat(videoIdOfJob(id) ?? ''))?.contentRemovedAt
  const killed = { list: () => page, removeContent: async () => assert.fail('killed') }
  const videos = new Proxy(gateway.videos, {
    get: (target, name) => Reflect.get(killed, name) ?? Reflect.get(target, name).bind(target),
  })
  const retention = { sourceMs: 1, audioMs: 1, jobMs: undefined, orphanMs: 1, intervalMs: 1_000 }
  const deps = { ...gateway, videos, retention } as unknown as UpkeepDeps
  const { signal } = new AbortController()
  const run = { now: Date.now() + 1_000, report: emptyReport(), logger: { info() {}, warn() {} }, signal }
  assert.equal((await retry(retried)).status, 202)
  await assert.rejects(expireSources(deps, run), /killed/)
  const late = await retry(expired)
  assert.deepEqual([late.status, await codeOf(late)], [410, 'source-expired'])
  assert.equal((await view(gateway, expired)).state, 'failed')
  // The next run ends what this one began, and leaves the file that is needed.
  await expireSources({ ...deps, videos: gateway.videos, conversions: openConversions(gateway) }, run)
  assert.ok(await has(expired)())
  assert.equal(await has(retried)(), undefined)
  assert.equal((await view(gateway, retried)).state, 'waiting')
})

test('the records of jobs go when nobody needs them any more; those of others stay', async t => {
  const gateway = await startTestGateway(t, { ...fast, AUDIO_RETENTION_SECONDS: 1, JOB_RETENTION_SECONDS: 2 })
  const [done, failed, open] = [await uploaded(gateway), await uploaded(gateway), await uploaded(gateway)]
  await storeResult(gateway, done)
  await gateway.videos.claimMetadata(videoIdOfJob(failed) ?? '', 'end0', end)
  await until(async () => (await Array.fromAsync(gateway.videos.list())).length === 1)
  assert.equal((await view(gateway, open)).state, 'waiting')
})

test('the schedule is made once, and again when it is lost, stands still or is another one', async t => {
  const gateway = await startTestGateway(t)
  const queue = gateway.kit.queue(storageUpkeep)
  const schedulers = async () => await queue.bull.getJobSchedulersCount()
  await until(async () => (await schedulers()) === 1)
  assert.equal(await ensureSchedule(queue, 3_600_000), false)
  await queue.bull.removeJobScheduler('upkeep')
  assert.equal(await ensureSchedule(queue, 3_600_000), true)
  assert.equal(await ensureSchedule(queue, 3_600_000), false)
  assert.equal(await ensureSchedule(queue, 7_200_000), true)
  const later = Date.now() + 5 * 7_200_000
  assert.equal(await ensureSchedule(queue, 7_200_000, later), true, 'stands still')
  const earlier = Date.now() - 7_200_000 - 120_000
  assert.equal(await ensureSchedule(queue, 7_200_000, earlier), true, 'clocks were set back')
  assert.equal(await schedulers(), 1)
})

function openConversions({ kit }: TestGateway) {
  return createConversions(() => kit.queue(convertVideo), { logger: { warn() {} } })
}

/** A store that fails to delete once, after so many times. */
function failingOnce(store: TestGateway['audios'], calls: number, fault: Error) {
  let left = calls
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      if (name !== 'delete') return typeof value === 'function' ? value.bind(target) : value
      return async (id: string) => {
        left -= 1
        if (left === -1) throw fault
        return await target.delete(id)
      }
    },
  })
}

async function put(store: TestGateway['videos'], metadata: (id: string) => object): Promise<string> {
  const file = { fileName: 'a.mp4', contentType: 'video/mp4', metadata: metadata as never }
  return (await store.put(Readable.from(['x']), file)).id
}

async function view(gateway: TestGateway, id: string) {
  const response = await gateway.request(`/jobs/${id}`, { user: 'ada' })
  return jobView.parse(await response.json())
}

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code: unknown }).code
}
