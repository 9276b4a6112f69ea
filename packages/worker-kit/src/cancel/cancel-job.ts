import { randomUUID } from 'node:crypto'
import { type Queue, UnrecoverableError } from 'bullmq'
import { backendOf } from '../backend/backend-of.ts'
import { cancellationText } from '../job/cancellation.ts'

/** `canceled`: it had not started; it has failed, and its dead letter is written.
 *  `requested`: it will fail, unless it completes before it hears of it. Running, its signal is being aborted; a parent
 *  fails once its children are done, a scheduler's job when it is due.
 *  `finished`: it had completed or failed before; nothing was done.
 *  `unknown`: Redis knows no such job. */
export type CancelOutcome = 'canceled' | 'requested' | 'finished' | 'unknown'

/** Cancels a job of a BullMQ queue, from whatever process: it fails for good, with the reason, and is not retried.
 *  The first reason stands when it is canceled twice.
 *  @throws {WorkerKitError} `ERR_OTHER_BACKEND`; `ERR_DEAD_LETTER_UNCONFIRMED`: the broker is away, the job fails later */
export async function cancelJob(
  queue: Pick<Queue, 'name' | 'getBackend' | 'getJob'>,
  id: string,
  reason?: string,
): Promise<CancelOutcome> {
  const backend = backendOf(queue)
  const token = `cancel-${randomUUID()}`
  const failure = cancellationText(reason)
  const reply = await backend.cancel(id, failure, token)
  if (reply === 'finished' || reply === 'unknown') return reply
  if (reply !== 'taken') return 'requested'
  const job = await queue.getJob(id)
  try {
    await job?.moveToFailed(new UnrecoverableError(job.deferredFailure ?? failure), token)
  } catch (error) {
    await backend.returnToWait(id, token)
    throw error
  }
  return 'canceled'
}
