import assert from 'node:assert/strict'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ConversionProgress, readEnd } from '@jackalope/contracts'
import { temporaryFolder, until, wholeFile } from '@jackalope/local-servers/testing'
import { openMediaFolder } from './support/media-folder.ts'
import { mountSmallDisk } from './support/small-disk.ts'
import { openSystem } from './support/system.ts'

const media = await openMediaFolder(wholeFile)

async function readiness(url: string) {
  return (await (await fetch(`${url}/readyz`)).json()) as { checks: Record<string, string> }
}

test('of two converters the one with a full disk takes no jobs, and no job loses an attempt', async t => {
  const disk = await mountSmallDisk(t, '100m')
  if (!disk) return
  const { startConverter, upload, add, finished, conversions } = await openSystem(t)
  const full = await startConverter({ WORK_DIR: disk })
  const filling = join(disk, 'filling')
  await writeFile(filling, Buffer.alloc(99 * 1024 ** 2))
  await until(async () => (await readiness(full.url)).checks.work === 'down', 20_000)
  const waits = await upload(await media.get('short.mp4'))
  await add(waits)
  const healthy = await startConverter()
  const videos = await Promise.all(
    Array.from({ length: 8 }, async () => upload(await media.get('short.mp4'))),
  )
  for (const video of videos) await add(video)
  for (const video of [waits, ...videos]) {
    const job = await finished(video)
    assert.deepEqual([job.failedReason, job.attemptsMade], [undefined, 1])
  }
  const convertedBy = ({ lines }: typeof full) => lines.filter(({ msg }) => msg === 'converted').length
  assert.deepEqual([convertedBy(full), convertedBy(healthy)], [0, 9])
  assert.equal(full.lines.filter(({ msg }) => msg === 'conversion failed').length, 0)

  healthy.child.kill('SIGTERM')
  await healthy.ended
  const last = await upload(await media.get('short.mp4'))
  await add(last)
  assert.equal((await conversions.readJobs([last.jobId]))[0]?.state, 'waiting')
  await rm(filling)
  assert.equal((await finished(last)).failedReason, undefined)
})

test('a job waits for a converter whose ffmpeg is gone, loses no attempt, and is converted when it is back', async t => {
  const { startConverter, upload, add, finished, conversions, videos } = await openSystem(t)
  const ffmpeg = join(await temporaryFolder(t), 'ffmpeg')
  await writeFile(ffmpeg, '#!/bin/sh\nexec ffmpeg "$@"\n', { mode: 0o755 })
  const { url } = await startConverter({ FFMPEG_PATH: ffmpeg })
  await chmod(ffmpeg, 0o644)
  const video = await upload(await media.get('short.mp4'))
  await add(video)
  const waiting = await until(async () => {
    const [job] = await conversions.readJobs([video.jobId])
    return job?.state === 'delayed' && job
  })
  const { waitForUs } = waiting.progress as ConversionProgress
  assert.equal(waitForUs?.pauses, 1)
  assert.equal(waiting.attemptsMade, 0)
  assert.equal((await readiness(url)).checks.work, 'down')
  await chmod(ffmpeg, 0o755)
  const job = await finished(video)
  assert.deepEqual([job.failedReason, job.attemptsMade], [undefined, 1])
  assert.equal(readEnd((await videos.stat(video.videoId))?.metadata ?? {}), undefined)
})
