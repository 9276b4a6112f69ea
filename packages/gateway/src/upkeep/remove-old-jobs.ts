import { readEnd } from '@jackalope/contracts'
import { readExpiry } from '../jobs/expiry.ts'
import { removeJob } from '../jobs/remove-job.ts'
import { pagesOf } from './pages-of.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

/** Removes jobs whose files are gone, when nobody needs to see them any more. */
export async function removeOldJobs(deps: UpkeepDeps, { now, report, signal }: UpkeepRun): Promise<void> {
  const { videos, retention } = deps
  if (retention.jobMs === undefined) return
  const filter = { storedBefore: new Date(now - retention.jobMs), hasContent: false }
  for await (const page of pagesOf(videos, filter, signal))
    for (const video of page) {
      signal.throwIfAborted()
      if (!readExpiry(video) && !readEnd(video.metadata)) continue
      await removeJob(video, deps)
      report.jobs += 1
    }
}
