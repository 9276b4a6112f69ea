import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq'
import { WorkerKitError } from '../errors.ts'
import { canceledForGood, isCancellation } from '../job/cancellation.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { attemptsOf } from '../job/job-options.ts'
import { checkPayload } from '../job/payload.ts'
import type { Logger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import { boundLogger } from './bound-logger.ts'
import { PostponeError } from './postpone-error.ts'

/** How long a handler may take to end after its signal was aborted, in milliseconds. Then the attempt fails. */
const ABORT_GRACE_MS = 5_000

/** Reason of a signal that is aborted because the process shuts down. The job goes back to wait; the attempt does not
 *  count. */
export const shutdownReason = 'the worker is shutting down'

export interface JobContext<Data> {
  /** The queue's name. */
  readonly queue: string
  readonly id: string
  /** As the definition's schema gives it. */
  readonly data: Data
  /** 1 for the first. */
  readonly attempt: number
  /** How many attempts the job has in all. */
  readonly attempts: number
  /** How often the job has lost its worker, which died, hung, or lost its connections: 0 for nearly all jobs. Such starts are
   *  no attempts. A job that may have killed its process can be run with care, such as not beside others. */
  readonly stalls: number
  /** Aborts when the attempt's time is over, its lock was lost, it was canceled (`ERR_JOB_CANCELED`), or the worker
   *  must stop. A handler that goes on for more than 5 seconds loses its job: what it does then does not count. */
  readonly signal: AbortSignal
  /** Shows how far the job is: percent from 0 to 100, or an object of the handler's own. */
  progress(progress: number | object): Promise<void>
  /** Adds a line to the job's log. */
  log(line: string): Promise<void>
  /** The kit's logger; each line bears `queue`, `jobId` and `attempt`. */
  readonly logger: Logger
  /** BullMQ's own object, for everything else. */
  readonly job: Job
}

/** Does one attempt. Return: the job is completed. Throw: retried by the definition's policy. Throw an
 *  `UnrecoverableError`: failed for good. Throw a `PostponeError`: starts again later, and the attempt does not count. */
export type JobHandler<Data, Result> = (context: JobContext<Data>) => Promise<Result>

export interface Attempt {
  /** Of the job's lock. */
  token: string
  signal: AbortSignal
  logger: Logger
  /** The job is delayed, and its attempt does not count. */
  onPostponed: () => void
}

export async function runHandler<Input, Output, Result>(
  definition: JobDefinition<Input, Output, Result>,
  handler: JobHandler<Output, Result>,
  job: Job,
  { token, signal: cancelSignal, logger, onPostponed }: Attempt,
): Promise<Result> {
  const check = await checkPayload(definition, job.data)
  if ('fault' in check) throw new UnrecoverableError(`The payload does not fit: ${check.fault}`)

  const timeout = new AbortController()
  const timer =
    definition.timeoutMs &&
    setTimeout(
      () => timeout.abort(timeoutError(definition, definition.timeoutMs as number)),
      definition.timeoutMs,
    )
  const signal = AbortSignal.any([cancelSignal, timeout.signal])
  try {
    return await untilAborted(handler(contextOf(job, check.value, { signal, logger })), signal)
  } catch (error) {
    if (cancelSignal.aborted && cancelSignal.reason === shutdownReason) {
      await job.moveToWait(token)
      throw new WaitingError(shutdownReason)
    }
    if (isCancellation(cancelSignal.reason)) throw canceledForGood(cancelSignal.reason)
    if (error instanceof PostponeError && !signal.aborted) {
      await job.moveToDelayed(Date.now() + error.delayMs, token)
      onPostponed()
      throw Object.assign(new DelayedError(error.message), { cause: error })
    }
    throw signal.aborted ? abortError(signal.reason, error) : error
  } finally {
    clearTimeout(timer)
  }
}

function contextOf<Data>(
  job: Job,
  data: Data,
  { signal, logger }: Pick<Attempt, 'signal' | 'logger'>,
): JobContext<Data> {
  const { queueName: queue, id: jobId } = job
  const attempt = job.attemptsMade + 1
  return {
    queue,
    id: String(jobId),
    data,
    attempt,
    attempts: attemptsOf(job.opts),
    stalls: job.stalledCounter,
    signal,
    progress: progress => job.updateProgress(progress),
    log: async line => {
      await job.log(line)
    },
    logger: boundLogger(logger, { queue, jobId, attempt }),
    job,
  }
}

/** Gives the outcome of the work. Once the signal is aborted, the work has 5 seconds to end; then its reason is thrown. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const ended = new AbortController()
  const aborted = new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: ended.signal })
    if (signal.aborted) resolve()
  })
  try {
    await Promise.race([work, aborted])
    if (!signal.aborted) return await work
    return await withTimeLimit(work, ABORT_GRACE_MS, () => {
      throw signal.reason
    })
  } finally {
    ended.abort()
  }
}

function timeoutError({ name }: { name: string }, timeoutMs: number): WorkerKitError {
  return new WorkerKitError('ERR_JOB_TIMEOUT', `An attempt of job "${name}" took longer than ${timeoutMs} ms`)
}

/** The error of an attempt that was stopped. Its cause is what the handler threw. An `UnrecoverableError` of the handler
 *  stands. */
function abortError(reason: unknown, thrown: unknown): unknown {
  if (thrown instanceof UnrecoverableError) return thrown
  if (reason instanceof WorkerKitError) return reason
  return new Error(String(reason instanceof Error ? reason.message : (reason ?? 'canceled')), {
    cause: thrown,
  })
}
