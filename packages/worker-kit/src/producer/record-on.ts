import type { JobJson, JobsOptions } from 'bullmq'
import { unrecordedOptionFault } from '../amqp/unrecorded-job.ts'
import { expectedGot } from '../check-options.ts'
import { WorkerKitError } from '../errors.ts'

/** When a job is recorded in Redis. `add`: before `add` resolves. `start`: by the worker that starts it; `add` then talks to the
 *  broker alone. `auto`: at its start if its options allow it, else when it is added. */
export type RecordOn = 'add' | 'start' | 'auto'

export const recordOnValues: readonly RecordOn[] = ['add', 'start', 'auto']

/** BullMQ's options of a job, and when it is recorded. */
export interface RabbitmqJobsOptions extends JobsOptions {
  /** @default that of the factory, of `connect`, or `add` */
  recordOn?: RecordOn
}

/** Options that are of no use once the job is made. */
const usedUp = new Set(['jobId', 'timestamp', 'sizeLimit', 'recordOn'])

/** What a message without a record carries; other options need the record. */
const carried = new Set([
  ...['attempts', 'backoff', 'removeOnComplete', 'removeOnFail', 'keepLogs', 'stackTraceLimit', 'telemetry'],
])

/** A job as BullMQ, or a producer without BullMQ, has made it. */
export type MadeJob = Pick<JobJson, 'name' | 'data' | 'timestamp'> & {
  opts: object
  parentKey?: string
  repeatJobKey?: string
}

/** The first option for which a job must be recorded before it starts. Options that change nothing, such as a delay of 0, need no
 *  record. */
export function optionThatNeedsRecord({ opts, parentKey, repeatJobKey }: MadeJob): string | undefined {
  if (parentKey) return 'parent'
  if (repeatJobKey) return 'repeat'
  for (const [name, value] of Object.entries(opts))
    if (value && !carried.has(name) && !usedUp.has(name)) return name
  return undefined
}

/** When a job is recorded.
 *  @param otherwise - for a job whose options do not say it
 *  @throws {WorkerKitError} `ERR_INVALID_OPTIONS` */
export function recordOnOf({ name, opts }: Pick<MadeJob, 'name' | 'opts'>, otherwise: RecordOn): RecordOn {
  const { recordOn = otherwise } = opts as { recordOn?: RecordOn }
  if (recordOnValues.includes(recordOn)) return recordOn
  throw new WorkerKitError(
    'ERR_INVALID_OPTIONS',
    `Job "${name}" was not added, and cannot be as it is: recordOn: ${expectedGot(`one of ${recordOnValues.join(', ')}`, recordOn)}.`,
  )
}

/** The error for a job that must be recorded before it starts. */
export function needsRecord(name: string, option: string): WorkerKitError {
  return new WorkerKitError(
    'ERR_NEEDS_RECORD',
    `Job "${name}" was not added: its option "${option}" needs the job's record in Redis, and recordOn: 'start' makes none ` +
      "before the job starts. Leave the option out, or add the job with recordOn: 'auto' or 'add'.",
  )
}

/** The options for the message of a job that is recorded at its start.
 *  @throws {WorkerKitError} `ERR_NEEDS_RECORD`, `ERR_INVALID_OPTIONS` */
export function carriedOptions(job: MadeJob): Record<string, unknown> {
  const obstacle = optionThatNeedsRecord(job)
  if (obstacle !== undefined) throw needsRecord(job.name, obstacle)
  const options: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(job.opts)) {
    // BullMQ writes 0 attempts for a job that was added without.
    if (!carried.has(name) || value === undefined || value === null || (name === 'attempts' && value === 0))
      continue
    const fault = unrecordedOptionFault(name, value)
    if (fault !== undefined)
      throw new WorkerKitError(
        'ERR_INVALID_OPTIONS',
        `Job "${job.name}" was not added, and cannot be as it is: its option "${name}" ${fault}. Change its options.`,
      )
    options[name] = value
  }
  return options
}
