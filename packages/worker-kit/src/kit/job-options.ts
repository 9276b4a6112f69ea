import type { JobsOptions } from 'bullmq'
import type { JobDefinition } from '../job/define-job.ts'
import { LONGEST_RETRY_DELAY_MS, type RetryPolicy, retryDelayMs } from '../job/retry-policy.ts'

const DAY_SECONDS = 24 * 3600

/** BullMQ knows no longest delay: the worker computes the waits of a policy that needs one, under this name. */
const CAPPED_BACKOFF = 'capped'

/** BullMQ's options for every job of a definition. Completed jobs are kept for 7 days, failed ones for 30. */
export function defaultJobOptions({ attempts, backoff }: JobDefinition): JobsOptions {
  return {
    attempts,
    backoff: backoff && bullmqBackoff(backoff, attempts),
    removeOnComplete: { age: 7 * DAY_SECONDS },
    removeOnFail: { age: 30 * DAY_SECONDS },
  }
}

/** What a worker's `settings` need so that `defaultJobOptions` hold. */
export function backoffStrategy({ backoff }: JobDefinition): (attemptsMade: number) => number {
  return attemptsMade => (backoff ? retryDelayMs(backoff, attemptsMade) : 0)
}

function bullmqBackoff(policy: RetryPolicy, attempts: number): JobsOptions['backoff'] {
  const longestMs = policy.type === 'exponential' ? policy.delayMs * 2 ** (attempts - 1) : policy.delayMs
  if (policy.maxDelayMs !== undefined || longestMs > LONGEST_RETRY_DELAY_MS) return { type: CAPPED_BACKOFF }
  return { type: policy.type, delay: policy.delayMs, jitter: policy.jitter }
}
