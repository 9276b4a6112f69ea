import { explained, readEnd, readResult, resultField } from '@jackalope/contracts'
import { expiredField } from '../jobs/expiry.ts'
import { expireJob, videoIdOfAudio } from './expire-audios.ts'
import { byId, pagesOf } from './pages-of.ts'
import { sweepRecords } from './sweep-records.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

/** Least age of what a writer may still be writing, in milliseconds: it shows that it lives once a minute. */
const unfinishedMs = 180_000

/** Least number of jobs that must have lost their audio, all that were looked at, to take it for a store that is away. */
const suspiciousLosses = 20

const lost = explained('audio-lost', {})

/** Removes what crashes left, and gives an end to what has none: blobs without a job, jobs without a blob. */
export async function sweepOrphans(deps: UpkeepDeps, run: UpkeepRun): Promise<void> {
  const { videos, audios, retention } = deps
  const { now, report, signal } = run
  const { orphans } = report
  const unfinishedBefore = new Date(now - Math.max(retention.orphanMs, unfinishedMs))
  orphans.unfinished += await videos.sweepUnfinished(unfinishedBefore)
  orphans.unfinished += await audios.sweepUnfinished(unfinishedBefore)
  signal.throwIfAborted()
  for (const store of [videos, audios]) orphans.strays += await store.sweepStrays(unfinishedBefore)
  signal.throwIfAborted()
  await removeStrayAudios(deps, run)
  await findLostAudios(deps, run)
  await sweepRecords(deps, run)
}

/** Removes audio that no job refers to: its converter was killed, or another run of the job was faster. */
async function removeStrayAudios(
  { videos, audios, retention }: UpkeepDeps,
  { now, report: { orphans }, signal }: UpkeepRun,
): Promise<void> {
  const filter = { storedBefore: new Date(now - retention.orphanMs) }
  for await (const page of pagesOf(audios, filter, signal)) {
    const jobs = await byId(videos, page.map(videoIdOfAudio))
    for (const audio of page) {
      signal.throwIfAborted()
      const metadata = jobs.get(videoIdOfAudio(audio))?.metadata
      const result = metadata && readResult(metadata)
      // The job of a video without an end may be about to claim this audio.
      const isWanted = metadata && (result ? result.audioId === audio.id : readEnd(metadata) === undefined)
      if (isWanted || !(await audios.delete(audio.id))) continue
      orphans.audios.count += 1
      orphans.audios.sizeBytes += audio.sizeBytes
    }
  }
}

/** Lists completed jobs as expired whose audio is gone. */
async function findLostAudios(
  { videos, audios, retention }: UpkeepDeps,
  { now, report: { orphans }, logger, signal }: UpkeepRun,
): Promise<void> {
  const filter = {
    storedBefore: new Date(now - retention.orphanMs),
    has: [resultField],
    lacks: [expiredField],
  }
  for await (const page of pagesOf(videos, filter, signal)) {
    const audioIds = page.map(({ metadata }) => readResult(metadata)?.audioId ?? '')
    const there = await byId(audios, audioIds)
    if (there.size === 0 && page.length >= suspiciousLosses) {
      logger.warn({ jobs: page.length }, 'no audio of these jobs is there: the store of audio may be away')
      return
    }
    for (const [index, video] of page.entries()) {
      const audioId = audioIds[index]
      if (!audioId || there.has(audioId)) continue
      await expireJob(video, { videos, audioId, at: new Date(now), told: lost })
      orphans.lostAudios += 1
    }
  }
}
