import { Job, type JobJson, type Queue } from 'bullmq'
import { WorkerKitError } from '../errors.ts'
import { invalidOptions, unwritable, unwritableReason, type WantedJob } from '../job/wanted-job.ts'

/** Redis's refusals that last until somebody changes the server or its data. */
const LASTING_REPLY = /^(?:NOPERM|WRONGTYPE|CROSSSLOT)\b/

/** Beginning of the error of a script that cannot use its arguments. */
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
    if (reason !== undefined) return unwritable(name, reason, cause)
  }
  const refused = jobs.find(job => isRefusedByBullmq(queue, job))
  const { name } = refused ?? (jobs[0] as WantedJob)
  // BullMQ's scripts refuse with a negative code: the parent does not exist, say.
  if (refused || Number(cause.code) < 0 || SCRIPT_FAULT.test(message))
    return invalidOptions(name, message, cause)
  const again = LASTING_REPLY.test(message)
    ? 'Adding it again does not help until that is changed.'
    : 'Add it again under the same job id: that never makes two.'
  return new WorkerKitError('ERR_NOT_RECORDED', `Redis did not record job "${name}": ${message}. ${again}`, {
    cause,
  })
}

/** Lets BullMQ check a job again without a server: that tells a refusal of BullMQ's from an outage. */
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
