import { setTimeout as delay } from 'node:timers/promises'
import type { RoleProcess } from '../roles/role-process.ts'
import type { WorkerCalls } from '../roles/worker.ts'

type Workers = readonly RoleProcess<WorkerCalls>[]

const pollMs = 20

/** How long jobs may stop completing before those that are left count as lost, in milliseconds. */
const patienceMs = 60_000

/** Lets opened workers take jobs until that many are done; gives the milliseconds from the start of the first to the
 *  end of the last.
 *  @param profile - file for a CPU profile of the first worker */
export async function runUntilDone(
  workers: Workers,
  jobs: number,
  signal: AbortSignal,
  profile?: string,
): Promise<number> {
  const runs = workers.map((worker, i) =>
    profile === undefined || i > 0 ? worker.call('run') : worker.call('runProfiled', jobs, profile),
  )
  // A failed start must not wait for jobs that nobody takes.
  const [tookMs] = await Promise.all([untilDone(workers, jobs, signal), ...runs])
  return tookMs
}

/** Waits until some running workers have done that many jobs together; gives the milliseconds from the first start to the
 *  last end, which the workers note by themselves.
 *  @throws {Error} when jobs are missing and no further one completes */
export async function untilDone(workers: Workers, jobs: number, signal: AbortSignal): Promise<number> {
  let [before, changedAt] = [-1, performance.now()]
  for (;;) {
    signal.throwIfAborted()
    const all = await Promise.all(workers.map(worker => worker.call('progress')))
    const done = all.reduce((sum, progress) => sum + progress.done, 0)
    if (done >= jobs) {
      const starts = all.flatMap(({ firstStartAt }) => firstStartAt ?? [])
      const ends = all.flatMap(({ lastDoneAt }) => lastDoneAt ?? [])
      return (Math.max(...ends) - Math.min(...starts)) / 1_000
    }
    if (done !== before) [before, changedAt] = [done, performance.now()]
    else if (performance.now() - changedAt > patienceMs)
      throw new Error(`${done} of ${jobs} jobs are done, and no further one for ${patienceMs / 1_000} s`)
    await delay(pollMs, undefined, { signal })
  }
}
