import { type StorageView, type UpkeepReport, upkeepReport } from '@jackalope/contracts'
import { unavailable } from '@jackalope/service-kit'
import type { TypedQueue } from '@jackalope/worker-kit'
import type { Job } from 'bullmq'
import { upkeepSchedulerId } from '../../upkeep/keep-schedule.ts'
import type { Retention } from '../../upkeep/retention.ts'
import { hidePrivateText } from '../hide-private.ts'
import { requestedJobName } from './request-upkeep.ts'

type UpkeepQueue = Pick<TypedQueue<Record<string, never>, UpkeepReport>, 'bull'>

/** Runs that are shown. */
const shownRuns = 10

/** When the upkeep ran, and runs next.
 *  @throws {HttpProblem} 503 */
export async function readUpkeep(
  { bull }: UpkeepQueue,
  { intervalMs }: Pick<Retention, 'intervalMs'>,
): Promise<StorageView['upkeep']> {
  try {
    const [schedule, active, completed, failed] = await Promise.all([
      bull.getJobScheduler(upkeepSchedulerId),
      bull.getActiveCount(),
      bull.getCompleted(0, shownRuns - 1),
      bull.getFailed(0, shownRuns - 1),
    ])
    const runs = [...completed, ...failed]
      .filter(job => job?.finishedOn !== undefined)
      .sort((one, other) => (other.finishedOn ?? 0) - (one.finishedOn ?? 0))
      .slice(0, shownRuns)
    return {
      intervalSeconds: intervalMs / 1_000,
      ...(schedule?.next && { nextAt: new Date(schedule.next).toISOString() }),
      running: active > 0,
      runs: runs.map(showRun),
    }
  } catch (error) {
    throw unavailable('The queue of the upkeep', { cause: error })
  }
}

function showRun({
  finishedOn,
  failedReason,
  returnvalue,
  name,
}: Job): StorageView['upkeep']['runs'][number] {
  const report = upkeepReport.safeParse(returnvalue)
  return {
    at: new Date(finishedOn ?? 0).toISOString(),
    state: failedReason ? 'failed' : 'completed',
    requested: name === requestedJobName,
    report: report.data,
    error: failedReason ? hidePrivateText(failedReason) : undefined,
  }
}
