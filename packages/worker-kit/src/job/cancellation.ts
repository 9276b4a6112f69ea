import { UnrecoverableError } from 'bullmq'
import { WorkerKitError } from '../errors.ts'

/** Beginning of a canceled job's failure. */
export const CANCELED = 'Canceled'

/** The failure of a canceled job. */
export function cancellationText(reason: string | undefined): string {
  return reason ? `${CANCELED}: ${reason}` : CANCELED
}

/** The error that aborts the signal of a canceled job's handler.
 *  @param failure - made by `cancellationText`. */
export function cancellationError(failure: string): WorkerKitError {
  const error = new WorkerKitError('ERR_JOB_CANCELED', failure)
  // BullMQ sends the reason to a sandboxed processor as JSON, where an Error would be `{}`.
  Object.defineProperty(error, 'toJSON', { value: () => failure })
  return error
}

/** The error by which BullMQ fails a canceled job for good.
 *  @param cause - made by `cancellationError` */
export function canceledForGood(cause: WorkerKitError): UnrecoverableError {
  return Object.assign(new UnrecoverableError(cause.message), { cause })
}

/** Whether this is why a signal was aborted: the job was canceled. */
export function isCancellation(reason: unknown): reason is WorkerKitError {
  return reason instanceof WorkerKitError && reason.code === 'ERR_JOB_CANCELED'
}
