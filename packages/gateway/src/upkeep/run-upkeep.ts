import type { UpkeepReport } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import { adoptVideos } from './adopt-videos.ts'
import { takeCensus } from './census/take-census.ts'
import { expireAudios } from './expire-audios.ts'
import { expireSources } from './expire-sources.ts'
import { removeOldJobs } from './remove-old-jobs.ts'
import { sweepOrphans } from './sweep-orphans.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

type Step = (run: UpkeepRun) => Promise<void>

export type UpkeepHandler = JobHandler<Record<string, never>, UpkeepReport>

/** The handler of `storage.upkeep`. It may run any number of times, also concurrently, and break off anywhere.
 *  @param tell - told the report of each run, also of one that broke off */
export function upkeepOf(deps: UpkeepDeps, tell: (report: UpkeepReport) => void = () => {}): UpkeepHandler {
  let orphansSweptAt: number | undefined

  function stepsOf({ retention: { orphanMs } }: UpkeepDeps, startedAt: number): Step[] {
    const steps: Step[] = [
      run => expireSources(deps, run),
      run => expireAudios(deps, run),
      run => removeOldJobs(deps, run),
      async ({ now, report, logger, signal }) => {
        report.orphans.adoptedVideos += await adoptVideos({ ...deps, logger, graceMs: orphanMs }, now, signal)
      },
    ]
    // Orphans are made by crashes: looking at all blobs each time would be much work for little.
    if (orphansSweptAt === undefined || startedAt - orphansSweptAt >= orphanMs)
      steps.push(async run => {
        await sweepOrphans(deps, run)
        orphansSweptAt = startedAt
      })
    steps.push(run => takeCensus(deps, run))
    return steps
  }

  return async ({ signal, logger }) => {
    const startedAt = performance.now()
    const run: UpkeepRun = {
      now: Date.now(),
      report: emptyReport(),
      logger,
      signal,
    }
    try {
      run.report.isComplete = await runSteps(stepsOf(deps, startedAt), run)
    } finally {
      run.report.tookMs = Math.round(performance.now() - startedAt)
      tell(run.report)
      if (hasDone(run.report)) logger.info({ ...run.report }, 'tended the stores of files')
    }
    return run.report
  }
}

/** Runs steps one after the other. One that fails, over a single damaged file maybe, does not keep the others from running:
 *  the next run tries it again. A dead letter for each run would help nobody.
 *  @returns whether all have succeeded */
async function runSteps(steps: readonly Step[], run: UpkeepRun): Promise<boolean> {
  let areAllDone = true
  for (const step of steps)
    try {
      await step(run)
    } catch (error) {
      if (run.signal.aborted) throw error
      areAllDone = false
      run.logger.warn({ err: error }, 'a step of the upkeep broke off; the next run goes on')
    }
  return areAllDone
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
      strays: 0,
    },
    isComplete: false,
    tookMs: 0,
  }
}

function hasDone({ sources, audios, jobs, orphans }: UpkeepReport): boolean {
  const { adoptedVideos, lostAudios, records, unfinished, strays } = orphans
  const counts = [sources.count, audios.count, jobs, orphans.audios.count]
  return [...counts, adoptedVideos, lostAudios, records, unfinished, strays].some(count => count > 0)
}
