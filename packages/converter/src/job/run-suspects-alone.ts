import { withTimeLimit } from '@jackalope/service-kit'
import { PostponeError } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { PausableWorker } from './intake.ts'

/** What is looked at of a job. */
export interface CountedJob {
  id: string
  /** How often it has lost its worker. */
  stalls: number
  signal: AbortSignal
}

export interface AloneOptions {
  /** Stops and starts the taking of further jobs. */
  intake: PausableWorker
  /** Ends the process's work: nothing is taken any more. */
  shutdown: AbortSignal
  logger: Logger
  /** Longest wait for the others to end, in milliseconds; half of an attempt's time. Then the job is put off.
   *  @default 30 minutes */
  waitMs?: number
}

/** Wait of a job that came while another one was to run alone, in milliseconds. */
const besideMs = 2_000

/** Wait of a job for which the others were too long, in milliseconds. */
const crowdedMs = 60_000

/** Longest wait for the worker to stop or start taking jobs, in milliseconds: the broker may be away. */
const switchMs = 15_000

/** Runs a job whose process died beside no other: it may kill this one, and a stranger's conversion with it. It waits until
 *  those that run have ended; meanwhile none is taken. Other jobs run side by side. */
export function runSuspectsAlone<Job, Result>(
  handler: (job: Job) => Promise<Result>,
  { intake, shutdown, logger, waitMs = 30 * 60_000 }: AloneOptions,
): (job: Job & CountedJob) => Promise<Result> {
  let running = 0
  /** Whether a job runs alone, or waits for that. */
  let isTaken = false
  let ended = Promise.withResolvers<void>()

  async function runBeside(job: Job): Promise<Result> {
    running++
    try {
      return await handler(job)
    } finally {
      running--
      ended.resolve()
      ended = Promise.withResolvers()
    }
  }

  async function runAlone(job: Job & CountedJob): Promise<Result> {
    isTaken = true
    try {
      await turn('stop', () => intake.pause())
      await untilAlone(job)
      logger.info({ jobId: job.id, stalls: job.stalls }, 'runs alone: its process has died before')
      return await handler(job)
    } finally {
      isTaken = false
      if (!shutdown.aborted) await turn('start', () => intake.resume())
    }
  }

  /** @throws the reason of the job's signal; `PostponeError` when it has waited for long enough */
  async function untilAlone(job: CountedJob): Promise<void> {
    const deadline = AbortSignal.timeout(waitMs)
    const end = Promise.withResolvers<void>()
    const signal = AbortSignal.any([job.signal, deadline])
    signal.addEventListener('abort', () => end.resolve(), { once: true })
    while (running > 0) {
      if (!signal.aborted) await Promise.race([ended.promise, end.promise])
      job.signal.throwIfAborted()
      if (deadline.aborted) throw new PostponeError(crowdedMs, 'waits for a quiet moment')
    }
  }

  async function turn(what: 'stop' | 'start', move: () => Promise<void>): Promise<void> {
    await withTimeLimit(switchMs, `The worker did not ${what} taking jobs`, move).catch(err =>
      logger.warn({ err }, `could not ${what} taking jobs`),
    )
  }

  return async job => {
    // It was on its way here when the worker stopped taking jobs. If it waited here, it would lose its worker with the other.
    if (isTaken) throw new PostponeError(besideMs, 'another job runs alone here')
    return await (job.stalls > 0 ? runAlone(job) : runBeside(job))
  }
}
