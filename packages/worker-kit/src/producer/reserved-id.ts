import type { JobJson } from 'bullmq'
import { WorkerKitError } from '../errors.ts'
import { reservedIds } from '../reserved-ids.ts'

/** Refuses a job under the name of a key of its queue: its record would be that key. BullMQ adds it, and what then becomes of the job or
 *  its queue is no error that anybody is told.
 *  @throws {WorkerKitError} `ERR_INVALID_OPTIONS` */
export function refuseReservedId({ id, name }: Pick<JobJson, 'id' | 'name'>): void {
  if (!reservedIds.has(id)) return
  const text = `Job "${name}" was not added: its jobId "${id}" is the name of a key of the queue. Give it another one.`
  throw new WorkerKitError('ERR_INVALID_OPTIONS', text)
}
