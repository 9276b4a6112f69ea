import { conversionProgress, type WaitForUs } from '@jackalope/contracts'
import { type RetryPolicy, retryDelayMs } from '@jackalope/worker-kit/job'

/** Pauses of a job that waits for the end of a fault of ours. The first is short: another converter may be well. */
const pauses: RetryPolicy = { type: 'exponential', delayMs: 5_000, maxDelayMs: 10 * 60_000, jitter: 0.5 }

/** The wait that the job's attempt was put off by, if it was.
 *  @param progress - of the job, when the attempt starts */
export function readWait(progress: unknown): WaitForUs | undefined {
  const read = conversionProgress.safeParse(progress)
  return read.success ? read.data.waitForUs : undefined
}

/** The next wait of a job; `undefined` when it has waited for long enough.
 *  @param before - the wait before this attempt
 *  @param patienceMs - how long a job waits in all, in milliseconds */
export function nextWait(
  before: WaitForUs | undefined,
  patienceMs: number,
  now = Date.now(),
): { wait: WaitForUs; delayMs: number } | undefined {
  const since = before?.since ?? new Date(now).toISOString()
  if (now - Date.parse(since) >= patienceMs) return undefined
  const count = (before?.pauses ?? 0) + 1
  const delayMs = Math.max(1, retryDelayMs(pauses, count))
  return { delayMs, wait: { since, pauses: count, nextAttemptAt: new Date(now + delayMs).toISOString() } }
}
