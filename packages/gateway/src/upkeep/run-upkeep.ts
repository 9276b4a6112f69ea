import type { UpkeepReport } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import { adoptVideos } from '../upload/adopt-videos.ts'
import { expireAudios } from './expire-audios.ts'
import { expireSources } from './expire-sources.ts'
import { removeOldJobs } from './remove-old-jobs.ts'
import { sweepOrphans } from './sweep-orphans.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

export type UpkeepHandler = JobHandler<Record<string, never>, UpkeepReport>

/** The handler of `storage.upkeep`. It may run any number of times, also concurrently, and break off anywhere.
 *  @param tell - told the report of each run, also of one that broke off */
export function upkeepOf(deps: UpkeepDeps, tell: (report: UpkeepReport) => void = () => {}): UpkeepHandler {
  let orphansSweptAt: number | undefined
  return async ({ signal, logger }) => {
    const startedAt = performance.now()
    const run: UpkeepRun = {
      now: Date.now(),
      report: emptyReport(),
      logger,
      signal,
    }
    try {
      await expireSources(deps, run)
      await expireAudios(deps, run)
      await removeOldJobs(deps, run)
      const { now, report } = run
      const graceMs = deps.retention.orphanMs
      report.orphans.adoptedVideos += await adoptVideos({ ...deps, logger, graceMs }, now, signal)
      // Orphans are made by crashes: looking at all blobs each time would be much work for little.
      if (orphansSweptAt === undefined || startedAt - orphansSweptAt >= deps.retention.orphanMs) {
        await sweepOrphans(deps, run)
        orphansSweptAt = startedAt
      }
      report.isComplete = true
    } catch (error) {
      // A server is away: the next run goes on. A dead letter for each run would help nobody.
      if (signal.aborted) throw error
      logger.warn({ err: error }, 'the upkeep broke off; the next run goes on')
    } finally {
      run.report.tookMs = Math.round(performance.now() - startedAt)
      tell(run.report)
      if (hasDone(run.report)) logger.info({ ...run.report }, 'tended the stores of files')
    }
    return run.report
  }
}

export function emptyReport(): UpkeepReport {
  return {
    sources: { count: 0, sizeBytes: 0 },
    audios: { count: 0, sizeBytes: 0 },
    jobs: 0,
    orphans: {
      adoptedVideos: 0,
      audios: { count: 0, sizeBytes: 0 },
      lostAudios: 0,
      records: 0,
      unfinished: 0,
    },
    isComplete: false,
    tookMs: 0,
  }
}

function hasDone({ sources, audios, jobs, orphans }: UpkeepReport): boolean {
  const { adoptedVideos, lostAudios, records, unfinished } = orphans
  const counts = [sources.count, audios.count, jobs, orphans.audios.count]
  return [...counts, adoptedVideos, lostAudios, records, unfinished].some(count => count > 0)
}
