import { Job, type JobJson, type JobsOptions, type Queue } from 'bullmq'
import { WorkerKitError } from '../errors.ts'

/** A job as it was to be added. */
export interface WantedJob {
  name: string
  data: unknown
  options: JobsOptions
}

/** Redis's answers that stay the same until somebody changes the server or its data. */
const LASTING_REPLY = /^(?:NOPERM|WRONGTYPE|CROSSSLOT)\b/

/** What a script says when it was given what it cannot use. */
const SCRIPT_FAULT = /^(?:ERR )?user_script:/

/** Why jobs were not added, and whether they may be added again.
 *  @param jobs - one, or all of a flow, its root first
 *  @param cause - what BullMQ threw */
export function addError(
  queue: Queue,
  jobs: readonly WantedJob[],
  cause: Error & { code?: unknown },
): WorkerKitError {
  if (cause instanceof WorkerKitError) return cause
  const { message } = cause
  for (const { name, data } of jobs) {
    const reason = unwritableReason(data)
    if (reason !== undefined)
      return new WorkerKitError(
        'ERR_INVALID_PAYLOAD',
        `Job "${name}" was not added: its payload cannot be written as JSON: ${reason}`,
        { cause },
      )
  }
  const refused = jobs.find(job => isRefusedByBullmq(queue, job))
  const { name } = refused ?? (jobs[0] as WantedJob)
  // A negative code: BullMQ's script found no such parent, say.
  if (refused || Number(cause.code) < 0 || SCRIPT_FAULT.test(message))
    return invalidOptions(name, message, cause)
  const again = LASTING_REPLY.test(message)
    ? 'Adding it again does not help until that is changed.'
    : 'Add it again under the same job id: that never makes two.'
  return new WorkerKitError('ERR_NOT_RECORDED', `Redis did not record job "${name}": ${message}. ${again}`, {
    cause,
  })
}

/** What keeps data from being written as JSON. */
function unwritableReason(data: unknown): string | undefined {
  try {
    const isWritable = data === undefined || JSON.stringify(data) !== undefined
    return isWritable ? undefined : 'it is a function or a symbol'
  } catch (error) {
    // Node draws the circle below it.
    return (error as Error).message.split('\n')[0]
  }
}

export function invalidOptions(name: string, reason: string, cause?: Error): WorkerKitError {
  return new WorkerKitError(
    'ERR_INVALID_OPTIONS',
    `Job "${name}" was not added, and cannot be as it is: ${reason}. Change its options.`,
    { cause },
  )
}

/** Lets BullMQ check a job once more, without a server: that tells its own refusal from an outage. */
function isRefusedByBullmq(queue: Queue, { name, data, options }: WantedJob): boolean {
  const job = new Job(queue, name, data, options, options.jobId)
  const checked = job as unknown as { validateOptions?: (json: JobJson) => void }
  if (!checked.validateOptions) return false
  try {
    checked.validateOptions(job.asJSON())
    return false
  } catch {
    return true
  }
}
