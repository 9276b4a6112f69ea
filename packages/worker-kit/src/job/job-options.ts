import type { JobsOptions } from 'bullmq'
import { findFaults, integer, isObject, isText, type OptionRules, optional } from '../check-options.ts'
import type { JobDefinition } from './define-job.ts'
import { LONGEST_RETRY_DELAY_MS, type RetryPolicy, retryDelayMs } from './retry-policy.ts'

const DAY_SECONDS = 24 * 3600

/** BullMQ's highest number for a priority. */
const LOWEST_PRIORITY = 2 ** 21 - 1

/** Latest time of a delayed job, in epoch milliseconds. BullMQ stores the time * 4096 as a score, which is exact up to 2^53. */
const LAST_DUE_AT = 2 ** 41 - 1

/** BullMQ knows no longest delay: the worker computes the waits of a policy that needs one, under this name. */
const CAPPED_BACKOFF = 'capped'

/** BullMQ's options for the jobs of a definition, as `add` of its queue gives them: for nodes of a `FlowProducer`, and for
 *  whatever else adds jobs to that queue. Completed jobs are kept for 7 days, failed ones for 30. */
export function jobOptions({
  attempts,
  backoff,
}: Pick<JobDefinition<never>, 'attempts' | 'backoff'>): JobsOptions {
  return {
    attempts,
    backoff: backoff && bullmqBackoff(backoff, attempts),
    removeOnComplete: { age: 7 * DAY_SECONDS },
    removeOnFail: { age: 30 * DAY_SECONDS },
  }
}

/** What a worker's `settings` need so that `jobOptions` hold. */
export function backoffStrategy({ backoff }: JobDefinition): (attemptsMade: number) => number {
  return attemptsMade => (backoff ? retryDelayMs(backoff, attemptsMade) : 0)
}

/** How often a job is tried at most. BullMQ writes 0 for a job that was added without `attempts`. */
export function attemptsOf({ attempts }: Pick<JobsOptions, 'attempts'>): number {
  return attempts || 1
}

/** Options without those that are `undefined`: BullMQ would let them override the definition's. */
export function givenOptions(options: JobsOptions): JobsOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** Faults of options that BullMQ does not check itself, and that make Redis refuse the job or start it at a wrong time. */
export function jobOptionFaults(options: JobsOptions): string[] {
  const known = Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(rules, name)))
  const { backoff } = options
  return [
    ...findFaults(known, rules),
    ...(isObject(backoff) ? findFaults(backoff, backoffRules, 'backoff.') : []),
  ]
}

const rules: OptionRules = {
  // Redis gives out integers as ids.
  jobId: optional(
    'a text that is no integer, and does not begin with "0:"',
    value =>
      typeof value === 'string' && String(Number.parseInt(value, 10)) !== value && !value.startsWith('0:'),
  ),
  priority: integer(0, LOWEST_PRIORITY),
  // BullMQ takes a negative delay for none.
  delay: optional(
    `a number of milliseconds that ends before ${new Date(LAST_DUE_AT).toISOString().slice(0, 10)}`,
    value => Number.isFinite(value) && Date.now() + (value as number) <= LAST_DUE_AT,
  ),
  attempts: integer(0),
  timestamp: optional('milliseconds since 1970', Number.isFinite),
  backoff: optional(
    'a number of milliseconds >= 0, or an object',
    value => isObject(value) || isDuration(value),
  ),
}

const backoffRules: OptionRules = {
  type: optional('a text', isText),
  delay: optional('a number of milliseconds >= 0', isDuration),
  jitter: optional('a number from 0 to 1', value => (value as number) >= 0 && (value as number) <= 1),
}

function isDuration(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0
}

function bullmqBackoff(policy: RetryPolicy, attempts: number): JobsOptions['backoff'] {
  const longestMs = policy.type === 'exponential' ? policy.delayMs * 2 ** (attempts - 1) : policy.delayMs
  if (policy.maxDelayMs !== undefined || longestMs > LONGEST_RETRY_DELAY_MS) return { type: CAPPED_BACKOFF }
  return { type: policy.type, delay: policy.delayMs, jitter: policy.jitter }
}
