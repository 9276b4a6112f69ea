import type { Job, Queue } from 'bullmq'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { type CancelOutcome, cancelJob } from '../cancel/cancel-job.ts'
import { checkedJob } from '../job/checked-job.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { reportDuplicate } from '../producer/duplicate-report.ts'
import type { RabbitmqJobsOptions } from '../producer/record-on.ts'
import { placeInLine } from '../redis/commands/place-in-line.ts'
import { readJobs, type SeenJob } from '../redis/commands/read-jobs.ts'
import { addError } from './add-errors.ts'
import type { JobEventListener } from './job-events.ts'
import { removeJob } from './remove-job.ts'

export interface AddedJob {
  id: string
  /** A job with this id, or this deduplication id, existed: nothing was added. Not known, and `false`, of a job that is recorded at its
   *  start. */
  duplicate: boolean
}

/** Adds jobs of one type. */
export interface TypedQueue<Input, Result = unknown> {
  /** Resolves once Redis has recorded the job and, if it may start at once, the broker has confirmed its message. With
   *  `recordOn: 'start'` it resolves on the confirm alone.
   *  @param options - BullMQ's, and `recordOn`; they override those of the definition.
   *  @throws {WorkerKitError} `ERR_INVALID_PAYLOAD`, `ERR_INVALID_OPTIONS`, `ERR_JOB_TOO_LARGE`, `ERR_NOT_RECORDED`,
   *    `ERR_PUBLISH_UNCONFIRMED`; with `recordOn: 'start'` also `ERR_ADD_UNCONFIRMED`, `ERR_NEEDS_RECORD` */
  add(data: Input, options?: RabbitmqJobsOptions): Promise<AddedJob>
  /** `undefined` if Redis knows no such job. */
  getJob(id: string): Promise<Job<Input, Result> | undefined>
  /** Reads many jobs with their states, in one round trip per 200, in the order of the ids; `undefined` where Redis knows
   *  no such job. A record that is damaged has the state `unreadable` and does not hide the others. */
  readJobs(ids: readonly string[]): Promise<(SeenJob | undefined)[]>
  /** Place of a waiting job among those that start in turn, 1 for the next; jobs with a priority come after those without one.
   *  `undefined` if it does not wait, or more than 10,000 jobs are on each side of it. */
  placeInLine(id: string): Promise<number | undefined>
  /** Removes a job that does not run, with its record and log, also if the record is damaged. A job that runs stays: cancel it
   *  first, and remove it when it has ended.
   *  @returns whether Redis has no such job now */
  remove(id: string): Promise<boolean>
  /** Cancels a job, wherever it runs: it fails for good with the reason, and is not retried.
   *  @throws {WorkerKitError} `ERR_DEAD_LETTER_UNCONFIRMED`: the broker is away, the job fails later */
  cancel(id: string, reason?: string): Promise<CancelOutcome>
  /** BullMQ's own object, for everything else. */
  readonly bull: Queue
}

/** BullMQ's queue on RabbitMQ. */
export type BackedQueue = Queue<unknown, unknown, string, unknown, unknown, string, RabbitmqQueueBackend>

export function typedQueue<Input, Output, Result>(
  definition: JobDefinition<Input, Output, Result>,
  bull: BackedQueue,
  tell: JobEventListener,
): TypedQueue<Input, Result> {
  return {
    bull: bull as unknown as Queue,
    async add(data, options) {
      const wanted = await checkedJob(definition, data, options ?? {})
      const { value: job, isDuplicate } = await reportDuplicate(() =>
        bull.add(wanted.name, wanted.data, wanted.options),
      ).catch((error: Error) => {
        throw addError(bull as unknown as Queue, [wanted], error)
      })
      return { id: String(job.id), duplicate: isDuplicate }
    },
    async cancel(id, reason) {
      const outcome = await cancelJob(bull as unknown as Queue, id, reason)
      if (outcome === 'canceled') tell({ queue: definition.name, name: 'canceled' })
      return outcome
    },
    readJobs: ids => readJobs(bull.getBackend().redisQueue, ids),
    placeInLine: id => placeInLine(bull.getBackend().redisQueue, id),
    remove: id => removeJob(bull.getBackend(), id),
    async getJob(id) {
      return (await bull.getJob(id)) as Job<Input, Result> | undefined
    },
  }
}
