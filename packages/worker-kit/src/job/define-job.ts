import type { StandardSchemaV1 } from '@standard-schema/spec'
import { WorkerKitError } from '../errors.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** What producer and worker agree on about one type of job. Its queue bears the same name. */
export interface JobDefinition<Input = unknown, Output = Input, Result = unknown> {
  /** Name of the job type and of its queue. No `:`, not empty. */
  readonly name: string
  /** Checks a payload when it is added and again before a handler sees it. */
  readonly input: StandardSchemaV1<Input, Output>
  /** How often a job is tried at most. Integer >= 1. @default 1 */
  readonly attempts: number
  /** How long to wait between attempts. @default none: a failed attempt is retried at once. */
  readonly backoff?: RetryPolicy
  /** Longest run of one attempt, in milliseconds; then its signal aborts and the attempt fails. @default none */
  readonly timeoutMs?: number
  /** Only carries the handler's result type; never set. */
  readonly result?: Result
}

export type JobDefinitionOptions<Input, Output> = Pick<
  JobDefinition<Input, Output>,
  'name' | 'input' | 'backoff' | 'timeoutMs'
> & { attempts?: number }

/** Declares a job type, once, for its producers and its workers.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` naming every option that is out of range. */
export function defineJob<Input, Output, Result = unknown>(
  options: JobDefinitionOptions<Input, Output>,
): JobDefinition<Input, Output, Result> {
  const faults = findFaults(options)
  if (faults.length > 0)
    throw new WorkerKitError('ERR_INVALID_DEFINITION', `Job "${options.name}": ${faults.join('; ')}`)
  return Object.freeze({ ...options, attempts: options.attempts ?? 1 })
}

function findFaults(options: Omit<JobDefinitionOptions<unknown, unknown>, 'input'>): string[] {
  const { name, attempts = 1, timeoutMs = 1, backoff } = options
  const faults: string[] = []
  if (name === '' || name.includes(':')) faults.push('name: expected a text without ":"')
  if (!Number.isInteger(attempts) || attempts < 1) faults.push('attempts: expected an integer >= 1')
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) faults.push('timeoutMs: expected an integer >= 1')
  if (!backoff) return faults
  const { delayMs, jitter = 0, maxDelayMs = delayMs } = backoff
  if (!Number.isInteger(delayMs) || delayMs < 1) faults.push('backoff.delayMs: expected an integer >= 1')
  if (!(jitter >= 0 && jitter <= 1)) faults.push('backoff.jitter: expected a number from 0 to 1')
  if (!Number.isInteger(maxDelayMs) || maxDelayMs < delayMs)
    faults.push('backoff.maxDelayMs: expected an integer >= backoff.delayMs')
  return faults
}
