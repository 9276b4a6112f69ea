import type { UpkeepReport } from '@jackalope/contracts'
import { repeat } from '@jackalope/service-kit'
import type { TypedQueue } from '@jackalope/worker-kit'
import type { Logger } from 'pino'

/** Id of the upkeep's schedule. */
export const upkeepSchedulerId = 'upkeep'

/** How late, or how early, the next run may be, in milliseconds, until the schedule counts as broken: clocks differ. */
const slackMs = 60_000

/** Longest time between two looks at the schedule, in milliseconds. */
const lookMs = 30_000

/** Finished runs that Redis keeps, with their reports. */
export const keptRuns = 100

type UpkeepQueue = Pick<TypedQueue<Record<string, never>, UpkeepReport>, 'bull'>

export interface KeepScheduleOptions {
  intervalMs: number
  logger: Pick<Logger, 'info' | 'warn'>
  /** Aborting ends the looks; the schedule stays. */
  signal: AbortSignal
}

/** Sees to it that there is a job scheduler for the upkeep, whatever becomes of Redis and of the clocks. All gateways do so;
 *  there is one schedule. */
export function keepSchedule(queue: UpkeepQueue, { intervalMs, logger, signal }: KeepScheduleOptions): void {
  const look = async () => {
    if (await ensureSchedule(queue, intervalMs))
      logger.info({ intervalMs }, 'scheduled the upkeep of the stores')
  }
  repeat(look, {
    ...{ intervalMs: Math.min(intervalMs, lookMs), signal, startsNow: true },
    onFailure: error => logger.warn({ err: error }, 'could not look after the schedule of the upkeep'),
  })
}

/** Makes the schedule if it is missing, is another one, or has stopped: its next run is long overdue, or too far ahead.
 *  @returns whether it was made */
export async function ensureSchedule(
  { bull }: UpkeepQueue,
  intervalMs: number,
  now = Date.now(),
): Promise<boolean> {
  const known = await bull.getJobScheduler(upkeepSchedulerId)
  const inMs = (known?.next ?? 0) - now
  if (Number(known?.every) === intervalMs && inMs > -intervalMs - slackMs && inMs < intervalMs + slackMs)
    return false
  await bull.upsertJobScheduler(
    upkeepSchedulerId,
    { every: intervalMs },
    {
      name: bull.name,
      data: {},
      opts: { removeOnComplete: { count: keptRuns }, removeOnFail: { count: keptRuns } },
    },
  )
  return true
}
