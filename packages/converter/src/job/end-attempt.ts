import type { BlobStore } from '@jackalope/blob-store'
import {
  type ConversionEnd,
  claimEnd,
  explained,
  explainFinalFailure,
  readEnd,
  type ToldFailure,
  type WaitForUs,
} from '@jackalope/contracts'
import { isCancellation, PostponeError, UnrecoverableError } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import { ConverterError } from '../converter-error.ts'
import type { ConversionJob } from './convert-video-handler.ts'
import { isFaultOfOurs } from './fault-of-ours.ts'
import { nextWait, readWait } from './wait-for-us.ts'

/** A conversion's attempt, with what worker-kit knows of the others. */
export interface AttemptedJob extends ConversionJob {
  /** How many attempts the job has in all. */
  attempts: number
  job: { progress: unknown; updateData(data: ConversionJob['data']): Promise<void> }
}

export interface EndAttemptDeps {
  videos: BlobStore
  /** How long a job waits for the end of a fault of ours, in milliseconds. */
  patienceMs: number
  /** Is told of faults of ours. */
  suspect(error: unknown): void
  /** Is told of attempts that met none. */
  prove(): void
  logger: Logger
}

/** Decides what becomes of an attempt that failed. A job that ends is claimed as ended on its video's metadata before
 *  worker-kit hears of it, so that it stays known when Redis has lost the job. A fault of ours uses up no attempt: the job
 *  waits. */
export function endAttempts<Result>(
  handler: (job: ConversionJob) => Promise<Result>,
  deps: EndAttemptDeps,
): (job: AttemptedJob) => Promise<Result> {
  return async job => {
    const attempt = { job, startedAt: new Date(), waited: readWait(job.job.progress) }
    try {
      await refuseCanceled(job.data.videoId, deps.videos)
      const result = await handler(job)
      deps.prove()
      return result
    } catch (error) {
      throw await endOf(attempt, job.signal.aborted ? job.signal.reason : error, deps).catch(async fault => {
        // The end could not be claimed: the attempt is repeated when that is possible.
        deps.logger.warn({ err: fault }, 'could not record how the conversion ended')
        return await putOff(attempt, fault, { ...deps, patienceMs: Number.POSITIVE_INFINITY })
      })
    }
  }
}

interface FailedAttempt {
  job: AttemptedJob
  startedAt: Date
  /** The wait before it. */
  waited: WaitForUs | undefined
}

/** A cancellation is lost when Redis loses the job. */
async function refuseCanceled(videoId: string, videos: BlobStore): Promise<void> {
  const end = readEnd((await videos.stat(videoId))?.metadata ?? {})
  if (end?.state === 'canceled') throw new UnrecoverableError(end.error)
}

/** @returns what worker-kit is to be told */
async function endOf(attempt: FailedAttempt, error: unknown, deps: EndAttemptDeps): Promise<unknown> {
  const { signal, attempt: number, attempts } = attempt.job
  const claim = (state: ConversionEnd['state'], told: ToldFailure) =>
    claimFailure(attempt, { state, ...told }, deps)
  if (isCancellation(error)) {
    // It counts even if it cannot be claimed now: the gateway claims it when it reads the dead letter.
    await claim('canceled', { text: error.message }).catch(err =>
      deps.logger.warn({ err }, 'could not record a cancellation'),
    )
    return error
  }
  if (error instanceof UnrecoverableError) return error
  if (error instanceof ConverterError && error.isPermanent) {
    const { message: text, explanation } = error
    await claim('failed', { text, explanation })
    // For the mail; without it the mail has the text.
    await attempt.job.job.updateData({ ...attempt.job.data, explanation }).catch(() => {})
    deps.prove()
    return new UnrecoverableError(error.message)
  }
  // The job runs elsewhere, or will.
  if (signal.aborted && (error as { code?: unknown })?.code !== 'ERR_JOB_TIMEOUT') return error
  if (isFaultOfOurs(error)) return await putOff(attempt, error, deps)
  if (number >= attempts)
    await claim('failed', explainFinalFailure({ failedReason: String(error), stacktrace: undefined }))
  return error
}

/** The job is tried again after a pause, or fails if it has waited for long enough. */
async function putOff(attempt: FailedAttempt, error: unknown, deps: EndAttemptDeps): Promise<Error> {
  const { job, waited } = attempt
  deps.suspect(error)
  const next = nextWait(waited, deps.patienceMs)
  const progress = { percent: 0, stage: 'fetching' } as const
  if (!next) {
    const told = explained('fault-of-ours-lasted', { hours: Math.round(deps.patienceMs / 3_600_000) })
    await claimFailure(attempt, { state: 'failed', ...told }, deps)
    await job.job.updateData({ ...job.data, explanation: told.explanation }).catch(() => {})
    // If the owner tries it again, the wait begins anew.
    await job.progress(progress).catch(() => {})
    return withCause(new UnrecoverableError(told.text), error)
  }
  await job.progress({ ...progress, waitForUs: next.wait }).catch(() => {})
  return new PostponeError(next.delayMs, 'waits for us', { cause: error })
}

async function claimFailure(
  { job, startedAt }: FailedAttempt,
  { state, text: error, explanation }: { state: ConversionEnd['state'] } & ToldFailure,
  { videos }: EndAttemptDeps,
): Promise<void> {
  const last = { attemptsMade: job.attempt, startedAt: startedAt.toISOString() }
  await claimEnd(videos, job.data.videoId, {
    ...last,
    state,
    error,
    ...(explanation && { explanation }),
    finishedAt: new Date().toISOString(),
  })
}

/** Operators read the stack among the dead letters. */
function withCause(failure: Error, cause: unknown): Error {
  failure.stack += `\nCaused by: ${cause instanceof Error ? cause.stack : String(cause)}`
  return failure
}
