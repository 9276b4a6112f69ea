import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { readAttempts } from '@jackalope/contracts'
import { findFreePort } from '@jackalope/local-servers'
import { until, wholeFile } from '@jackalope/local-servers/testing'
import { openMediaFolder } from './support/media-folder.ts'
import { openSystem } from './support/system.ts'

const media = await openMediaFolder(wholeFile)

/** Command lines of the ffmpeg processes that convert files below a folder. */
async function ffmpegsIn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const commandLines = await Promise.all(
    pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return commandLines.filter(line => line.includes(`file:${folder}/`) && line.includes('libmp3lame'))
}

// Two at once: a test spends most of its time waiting for other processes.
describe('a converter', { concurrency: 2 }, () => {
  test('converts a video, announces its audio, answers probes and ends cleanly', async t => {
    const { startConverter, upload, add, finished, audios, announced, workDir } = await openSystem(t)
    const { url, child, ended } = await startConverter()
    assert.equal((await fetch(`${url}/healthz`)).status, 200)
    const readiness = await fetch(`${url}/readyz`)
    assert.deepEqual(await readiness.json(), {
      status: 'ready',
      checks: { jobs: 'up', blobs: 'up', work: 'up' },
    })

    const video = await upload(await media.get('moov-at-end.mp4'))
    await add(video)
    const job = await finished(video)
    assert.equal(job.failedReason, undefined)
    assert.deepEqual(job.progress, { percent: 100, stage: 'storing' })
    assert.equal((await audios.stat(job.returnvalue.audioId))?.fileName, 'holiday.mp3')
    const data = { ...job.returnvalue, ownerId: 'ada', jobId: video.jobId }
    assert.deepEqual(await announced(), [{ id: `audio-${video.videoId}`, data }])

    child.kill('SIGTERM')
    assert.equal((await ended).code, 0)
    assert.deepEqual(await readdir(workDir), [])
  })

  test('tells Prometheus of its jobs, and logs each line of a job with its queue, id and attempt', async t => {
    const { startConverter, upload, add, finished } = await openSystem(t)
    const metricsPort = await findFreePort()
    const { url, lines } = await startConverter({ METRICS_PORT: String(metricsPort) })
    const video = await upload(await media.get('moov-at-end.mp4'))
    await add(video)
    await finished(video)
    const scrape = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
    assert.match(scrape.headers.get('content-type') as string, /^text\/plain; version=0\.0\.4/)
    const metrics = (await scrape.text()).split('\n')
    const labels = 'queue="video.convert",service="converter"'
    const expected = [
      '# TYPE worker_kit_jobs_completed_total counter',
      `worker_kit_jobs_completed_total{${labels}} 1`,
      `worker_kit_jobs_failed_total{${labels}} 0`,
      'worker_kit_queue_jobs{queue="video.convert",state="completed",service="converter"} 1',
      'worker_kit_queue_jobs{queue="audio.ready",state="waiting",service="converter"} 1',
    ]
    assert.deepEqual(
      expected.filter(line => !metrics.includes(line)),
      [],
    )
    assert.equal((await fetch(`${url}/metrics`)).status, 404)

    const ofJob = lines.filter(line => line.videoId === video.videoId)
    assert.notEqual(ofJob.length, 0)
    for (const { queue, jobId, attempt } of ofJob)
      assert.deepEqual([queue, jobId, attempt], ['video.convert', video.jobId, 1])
  })

  test('fails hostile and damaged videos for good at the first attempt, and goes on', async t => {
    const { startConverter, upload, add, finished, allAudios, announced } = await openSystem(t)
    await startConverter()
    const playlist = await media.write(
      'song.mp4',
      '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
    )
    const videos = {
      playlist: { path: playlist, reason: /not a video or audio file/ },
      silent: { path: await media.get('no-audio.mp4'), reason: /^The file has no audio track\.$/ },
      empty: { path: await media.write('empty', ''), reason: /^The file is empty\.$/ },
    }
    for (const { path, reason } of Object.values(videos)) {
      const video = await upload(path)
      await add(video)
      const job = await finished(video)
      assert.match(job.failedReason, reason)
      assert.equal(job.attemptsMade, 1)
    }
    assert.deepEqual(await allAudios(), [])
    assert.deepEqual(await announced(), [])
    const good = await upload(await media.get('short.mp4'))
    await add(good)
    assert.equal((await finished(good)).failedReason, undefined)
  })

  test('finishes a job of a killed converter in another one, once, with one audio file', async t => {
    const { startConverter, upload, add, finished, allAudios, announced, workDir } = await openSystem(t)
    const converters = await Promise.all([startConverter(), startConverter()])
    const video = await upload(await media.get('ten-silent-minutes.m4a'))
    await add(video)
    const commandLine = await until(async () => (await ffmpegsIn(workDir))[0])
    const victim = converters.find(({ child }) => commandLine.includes(`/${child.pid}-`))
    const heir = converters.find(converter => converter !== victim)
    assert.ok(victim && heir)
    victim.child.kill('SIGKILL')
    await victim.ended
    const job = await finished(video)
    assert.equal(job.failedReason, undefined)
    assert.deepEqual(
      (await allAudios()).map(({ id }) => id),
      [job.returnvalue.audioId],
    )
    assert.equal((await announced()).length, 1)
    assert.equal(heir.lines.filter(({ msg }) => msg === 'converted').length, 1)
    assert.deepEqual(await ffmpegsIn(workDir), [])
    heir.child.kill('SIGTERM')
    assert.equal((await heir.ended).code, 0)
    assert.deepEqual(await readdir(workDir), [])
  })

  test('runs what has lost its process alone, so that nothing else dies beside it', async t => {
    const { startConverter, upload, add, finished, workDir } = await openSystem(t)
    const start = () => startConverter({ CONCURRENCY: '2' })
    const [killer, stranger] = [
      await upload(await media.get('ten-silent-minutes.m4a')),
      await upload(await media.get('ten-silent-minutes.m4a')),
    ]
    const first = await start()
    await add(killer)
    await add(stranger)
    await until(async () => (await ffmpegsIn(workDir)).length === 2)
    first.child.kill('SIGKILL')
    await first.ended
    const second = await start()
    const isAlone = (line: { msg?: unknown; jobId?: unknown }) => String(line.msg).startsWith('runs alone')
    await until(async () => second.lines.some(line => isAlone(line) && line.jobId === killer.jobId))
    await until(async () => {
      const running = (await ffmpegsIn(workDir)).length
      assert.ok(running <= 1)
      return running === 1
    })
    second.child.kill('SIGKILL')
    await second.ended
    await start()
    const [killed, beside] = [await finished(killer), await finished(stranger)]
    assert.deepEqual([killed.failedReason, killed.stalledCounter], [undefined, 2])
    assert.deepEqual([beside.failedReason, beside.stalledCounter], [undefined, 1])
  })

  test('stops ffmpeg within seconds when the job is canceled, or its video deleted, and leaves nothing behind', async t => {
    const { startConverter, upload, add, finished, conversions, allAudios, videos, workDir } =
      await openSystem(t)
    await startConverter()
    const canceled = await upload(await media.get('ten-silent-minutes.m4a'))
    await add(canceled)
    await until(async () => (await ffmpegsIn(workDir)).length === 1)
    const startedAt = performance.now()
    assert.equal(await conversions.cancel(canceled.jobId, 'by its owner'), 'requested')
    const job = await finished(canceled)
    await until(async () => (await ffmpegsIn(workDir)).length === 0)
    assert.ok(performance.now() - startedAt < 5_000)
    assert.equal(job.failedReason, 'Canceled: by its owner')
    const { logs } = await conversions.bull.getJobLogs(canceled.jobId)
    assert.equal(readAttempts(logs, true)[0]?.reason, 'Canceled: by its owner')

    const deleted = await upload(await media.get('ten-silent-minutes.m4a'))
    await add(deleted)
    await until(async () => (await ffmpegsIn(workDir)).length === 1)
    await videos.delete(deleted.videoId)
    assert.equal((await finished(deleted)).failedReason, 'The video was deleted.')
    assert.deepEqual(await allAudios(), [])
  })

  test('lets a running conversion finish when it is told to stop', async t => {
    const { startConverter, upload, add, finished, conversions } = await openSystem(t)
    // Long enough for a busy machine.
    const { child, ended } = await startConverter({ DRAIN_SECONDS: '200' })
    const video = await upload(await media.get('ten-silent-minutes.m4a'))
    await add(video)
    await until(async () => {
      const job = await conversions.getJob(video.jobId)
      const { percent = 0 } = (job?.progress || {}) as { percent?: number }
      return percent > 15
    })
    child.kill('SIGTERM')
    assert.equal((await ended).code, 0)
    assert.equal((await finished(video)).attemptsMade, 1)
  })
})
