import {
  type ConversionProgress,
  type ConversionResult,
  type ConversionStage,
  conversionProgress,
  conversionResult,
  convertVideo,
  explained,
  explainFinalFailure,
  isCanceled,
  isVerdict,
  type JobState,
  type ToldFailure,
  type WaitForUs,
} from '@jackalope/contracts'
import type { SeenJob } from '@jackalope/worker-kit'

/** Redis' record of a conversion. */
export interface ConversionState {
  state: JobState
  /** In percent, 0 to 100. */
  progress: number
  stage?: ConversionStage
  /** Set while it waits for the end of a fault of ours. */
  waitForUs?: WaitForUs
  attemptsMade: number
  attempts: number
  startedAt?: Date
  finishedAt?: Date
  /** Why the conversion, or its last attempt, failed, for the user. */
  failure?: ToldFailure
  result?: ConversionResult
}

export function readConversion(job: SeenJob): ConversionState {
  const result = conversionResult.safeParse(job.result)
  const state = stateOf(job)
  const { percent, stage, ...reported } = readProgress(job.progress)
  const waitForUs = state === 'delayed' || state === 'waiting' ? reported.waitForUs : undefined
  const { attempts } = job.options
  return {
    state,
    progress: percent,
    stage: state === 'active' ? stage : undefined,
    waitForUs,
    attemptsMade: job.attemptsMade,
    attempts: typeof attempts === 'number' && attempts > 0 ? attempts : convertVideo.attempts,
    startedAt: toDate(job.startedAt),
    finishedAt: toDate(job.finishedAt),
    failure: waitForUs ? waitingForUs : describeFailure(job),
    result: result.success ? result.data : undefined,
  }
}

/** What the owner of a job is told that waits for the end of a fault of ours. */
export const waitingForUs = explained('waits-for-us', {})

function stateOf({ state, failedReason = '' }: SeenJob): JobState {
  switch (state) {
    case 'unreadable':
      return 'unknown'
    case 'waiting-children':
      return 'waiting'
    case 'failed':
      return isCanceled(failedReason) ? 'canceled' : 'failed'
    default:
      return state
  }
}

/** Progress as the converter reports it; a plain number is percent. */
export function readProgress(value: unknown): Partial<ConversionProgress> & { percent: number } {
  if (typeof value === 'number') return { percent: value }
  const parsed = conversionProgress.safeParse(value)
  return parsed.success ? parsed.data : { percent: 0 }
}

function toDate(timestampMs: number | undefined): Date | undefined {
  return timestampMs === undefined ? undefined : new Date(timestampMs)
}

function describeFailure({ failedReason, stacktraces, finishedAt, data }: SeenJob): ToldFailure | undefined {
  if (!failedReason) return undefined
  if (isCanceled(failedReason)) return { text: failedReason }
  const { explanation } = (data ?? {}) as { explanation?: unknown }
  const failure = { failedReason, stacktrace: stacktraces.at(-1), explanation }
  if (finishedAt !== undefined || isVerdict(failure)) return explainFinalFailure(failure)
  return explained('attempt-failed', {})
}
