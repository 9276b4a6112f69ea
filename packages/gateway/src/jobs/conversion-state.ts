import {
  type ConversionResult,
  conversionResult,
  explainFinalFailure,
  isVerdict,
  type JobView,
} from '@jackalope/contracts'
import type { ConversionQueue } from './conversion-queue.ts'

type ConversionJob = NonNullable<Awaited<ReturnType<ConversionQueue['getJob']>>>

/** Redis' record of a conversion. */
export interface ConversionState {
  state: JobView['state']
  /** In percent, 0 to 100. */
  progress: number
  attemptsMade: number
  attempts: number
  startedAt?: Date
  finishedAt?: Date
  /** Why the conversion, or its last attempt, failed, in words for the user. */
  error?: string
  result?: ConversionResult
}

/** @param bullState - the job's state, read before the job */
export function readConversion(job: ConversionJob, bullState: string): ConversionState {
  const result = conversionResult.safeParse(job.returnvalue)
  return {
    state: viewStates[bullState] ?? 'unknown',
    progress: typeof job.progress === 'number' ? job.progress : 0,
    attemptsMade: job.attemptsMade,
    // BullMQ writes 0 for a job that was added without the option: it is tried once.
    attempts: job.opts.attempts || 1,
    startedAt: toDate(job.processedOn),
    finishedAt: toDate(job.finishedOn),
    error: describeFailure(job),
    result: result.success ? result.data : undefined,
  }
}

const viewStates: Record<string, JobView['state']> = {
  waiting: 'waiting',
  prioritized: 'waiting',
  'waiting-children': 'waiting',
  active: 'active',
  delayed: 'delayed',
  completed: 'completed',
  failed: 'failed',
}

function toDate(timestampMs: number | undefined): Date | undefined {
  return timestampMs === undefined ? undefined : new Date(timestampMs)
}

function describeFailure({ failedReason, stacktrace, finishedOn }: ConversionJob): string | undefined {
  if (!failedReason) return undefined
  const failure = { failedReason, stacktrace: stacktrace?.at(-1) }
  if (finishedOn !== undefined) return explainFinalFailure(failure)
  return isVerdict(failure)
    ? failedReason
    : 'The last attempt failed for a reason of ours; it will be tried again.'
}
