import type { ServerResponse } from 'node:http'
import { isEnded, type JobView } from '@jackalope/contracts'
import type { AppDeps } from '../app-deps.ts'

export interface WaitOptions extends Pick<AppDeps, 'jobEvents' | 'shutdown'> {
  /** The wait ends when its client is gone. */
  response: ServerResponse
  timeoutMs: number
}

/** Reads a job again at each event of it, until its state has changed or the time is over. A job that has ended is given
 *  at once. */
export async function waitForChange<Job extends JobView>(
  jobId: string,
  read: () => Promise<Job>,
  { jobEvents, response, timeoutMs, shutdown }: WaitOptions,
): Promise<Job> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), shutdown])
  // Listened to before the first look, so that no change falls between.
  const changes = watch(jobId, jobEvents, signal)
  response.once('close', changes.close)
  try {
    const first = await read()
    let latest = first
    while (
      !isEnded(latest.state) &&
      latest.state === first.state &&
      latest.attemptsMade === first.attemptsMade
    ) {
      const isChange = await changes.next()
      latest = await read()
      if (!isChange) break
    }
    return latest
  } finally {
    changes.close()
    response.off('close', changes.close)
  }
}

/** Changes of a job: several that nobody waited for count as one. */
function watch(jobId: string, jobEvents: AppDeps['jobEvents'], signal: AbortSignal) {
  let pending = false
  let isClosed = false
  let wake: () => void = () => {}
  const ring = () => {
    pending = true
    wake()
  }
  const stop = jobEvents.listen({ jobId }, events => {
    if (events === 'reset' || events.some(({ type }) => type !== 'progress')) ring()
  })
  const close = () => {
    if (isClosed) return
    isClosed = true
    stop()
    signal.removeEventListener('abort', close)
    wake()
  }
  signal.addEventListener('abort', close)
  return {
    close,
    /** Whether something changed; `false` when the wait is over. */
    async next(): Promise<boolean> {
      if (!pending && !isClosed && !signal.aborted)
        await new Promise<void>(resolve => {
          wake = resolve
        })
      const changed = pending
      pending = false
      return changed
    },
  }
}
