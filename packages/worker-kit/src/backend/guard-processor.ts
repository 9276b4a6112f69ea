import type { Job, Worker } from 'bullmq'
import { describeThrown } from '../dead-letters/describe-reason.ts'
import { canceledForGood, isCancellation } from '../job/cancellation.ts'

type CallProcessor = (job: Job, token: string, signal?: AbortSignal) => Promise<unknown>

/** Makes a worker's processor throw errors that BullMQ can handle. BullMQ reads `message`, `name` and `stack` of whatever was
 *  thrown; where that fails, or `message` is no text, the job would stay active until its lock lapses. What the processor of a
 *  canceled job throws does not matter: the job fails for good. */
export function guardProcessor(worker: Worker): void {
  const guarded = worker as unknown as { callProcessJob: CallProcessor }
  const { callProcessJob } = guarded
  guarded.callProcessJob = async (...args) => {
    try {
      return await callProcessJob.apply(worker, args)
    } catch (thrown) {
      const reason: unknown = args[2]?.reason
      if (isCancellation(reason)) throw canceledForGood(reason)
      throw isReadable(thrown) ? thrown : readableError(thrown)
    }
  }
}

/** Says what was thrown. Keeps the name of an error: by it BullMQ knows an `UnrecoverableError`, among others. */
function readableError(thrown: unknown): Error {
  const error = new Error(describeThrown(thrown))
  try {
    const { name } = thrown as Partial<Error>
    if (typeof name === 'string' && name !== '' && thrown instanceof Error) error.name = name
  } catch {
    // A proxy or a getter threw.
  }
  return error
}

/** Whether BullMQ finds texts where it expects them. Other libraries' errors need not be instances of `Error`. */
function isReadable(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false
  try {
    const { message, name, stack } = thrown as Partial<Error>
    return typeof message === 'string' && isTextOrMissing(name) && isTextOrMissing(stack)
  } catch {
    // A proxy or a getter threw.
    return false
  }
}

function isTextOrMissing(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}
