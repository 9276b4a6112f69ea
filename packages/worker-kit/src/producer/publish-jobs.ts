import type { JobJson } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { encodeJob, encodeJobBody } from '../amqp/message.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'
import type { Added } from '../redis/commands/add-jobs.ts'
import { stampJobs } from '../redis/commands/stamp-jobs.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { StampedJob } from '../redis/stamped-job.ts'
import { shorten } from '../shorten.ts'
import { noteDuplicate } from './duplicate-report.ts'
import { refuseLargeBody } from './job-size.ts'

/** Stands for an id that BullMQ has not given out yet. */
const LONGEST_NUMBER = '9'.repeat(16)

/** A message's properties and headers have to fit into one frame of 128 KiB. */
const MAX_ID_CHARS = 10_000

export interface JobPublisherOptions {
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
}

/** Publishes jobs of one queue that stand in wait or prioritized, the outbox (R4, R5). */
export class JobPublisher {
  readonly #options: JobPublisherOptions

  constructor(options: JobPublisherOptions) {
    this.#options = options
  }

  /** Refuses a job whose message could not hold it, before the job is added.
   *  @throws {WorkerKitError} `ERR_JOB_TOO_LARGE` */
  refuseTooLarge(job: JobJson): void {
    const { maxBodyBytes } = this.#options.broker.publisher
    if (job.id && job.id.length > MAX_ID_CHARS) throw this.#tooLongId(job.id)
    // UTF-8 has at most three bytes for one of a string's length: most jobs need no closer look.
    if (job.data.length < maxBodyBytes / 4) return
    const sizeBytes = encodeJobBody(job, job.id || LONGEST_NUMBER, {}, Number.POSITIVE_INFINITY).length
    const { queue } = this.#options.topology
    refuseLargeBody({ name: job.name, queue }, sizeBytes, maxBodyBytes)
  }

  #tooLongId(id: string): WorkerKitError {
    return new WorkerKitError(
      'ERR_JOB_TOO_LARGE',
      `The id "${shorten(id, 40)}" of a job for queue "${this.#options.topology.queue}" has ${id.length} characters, and ` +
        `${MAX_ID_CHARS} are the most that a message can carry. Nothing was added. Use a digest of it as the id.`,
    )
  }

  /** Publishes a job that was just added. A duplicate that still waits is published as it is recorded. */
  async publishAdded({ id, stamp, isDuplicate }: Added, job: JobJson): Promise<void> {
    if (isDuplicate) noteDuplicate()
    if (stamp === undefined) return
    if (isDuplicate) await this.publishWaiting([id])
    else await this.#publishOne({ id, stamp, job })
  }

  /** Publishes jobs in wait as Redis has recorded them.
   *  @returns the ids of those that Redis does not know */
  async publishWaiting(ids: string[]): Promise<string[]> {
    const { jobs, unknownIds } = await stampJobs(this.#options.queue, ids)
    await this.publish(jobs)
    return unknownIds
  }

  /** Resolves when the broker has confirmed all messages.
   *  @throws {WorkerKitError} `ERR_PUBLISH_UNCONFIRMED`, `ERR_TOPOLOGY_MISMATCH` */
  async publish(jobs: StampedJob[]): Promise<void> {
    await allSettledOrThrow(jobs.map(job => this.#publishOne(job)))
  }

  async #publishOne({ job, id, stamp }: Pick<StampedJob, 'job' | 'id' | 'stamp'>): Promise<void> {
    const { broker, topology } = this.#options
    const { publisher } = broker
    await publisher.publish(topology, encodeJob(job, id, stamp, publisher.maxBodyBytes))
  }
}

/** Waits for all promises, so that none is left on its own; then throws the first error. */
export async function allSettledOrThrow<T>(promises: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises)
  const failed = settled.find(outcome => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return settled.map(outcome => (outcome as PromiseFulfilledResult<T>).value)
}
