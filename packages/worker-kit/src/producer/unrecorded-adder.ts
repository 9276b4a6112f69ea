import type { Broker } from '../amqp/broker.ts'
import type { JobMessage } from '../amqp/message.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { encodeUnrecorded, unrecordedIdFault } from '../amqp/unrecorded-job.ts'
import { WorkerKitError } from '../errors.ts'
import { shorten } from '../shorten.ts'
import { InFlight } from './in-flight.ts'
import { refuseLargeBody } from './job-size.ts'
import { newJobId } from './new-job-id.ts'
import { carriedOptions, type MadeJob } from './record-on.ts'

export interface UnrecordedAdderOptions {
  broker: Pick<Broker, 'publisher'>
  topology: QueueTopology
}

/** A job that may be published. */
export interface PreparedJob {
  readonly id: string
  readonly message: JobMessage
}

/** Adds jobs that are recorded at their start: they are published, and nothing else (decision 16). */
export class UnrecordedAdder {
  readonly #options: UnrecordedAdderOptions
  readonly #inFlight = new InFlight()

  constructor(options: UnrecordedAdderOptions) {
    this.#options = options
  }

  /** Checks a job, and encodes it.
   *  @param wantedId - 255 bytes at most, no number, no colon, no name of a key of BullMQ's. @default a UUID, version 7
   *  @throws {WorkerKitError} `ERR_NEEDS_RECORD`, `ERR_INVALID_OPTIONS`, `ERR_JOB_TOO_LARGE` */
  prepare(job: MadeJob, wantedId?: string): PreparedJob {
    const { name, data, timestamp } = job
    if (name === '') throw invalid(name, 'its name is empty')
    if (wantedId) refuseId(name, wantedId)
    const id = wantedId || newJobId()
    const message = encodeUnrecorded({ name, data, timestamp, opts: carriedOptions(job) }, id)
    const { broker, topology } = this.#options
    refuseLargeBody({ name, queue: topology.queue }, message.content.length, broker.publisher.maxBodyBytes)
    return { id, message }
  }

  /** Publishes jobs in their order. Resolves with their ids once the broker has confirmed all.
   *  @throws {WorkerKitError} `ERR_ADD_UNCONFIRMED`, `ERR_TOPOLOGY_MISMATCH`; with several jobs the first error, once all are
   *    confirmed or given up */
  publish(jobs: readonly PreparedJob[]): Promise<string[]> {
    const { broker, topology } = this.#options
    return this.#inFlight.run(async () => {
      const published = jobs.map(({ message }) => broker.publisher.publish(topology, message))
      const failed = (await Promise.allSettled(published)).find(({ status }) => status === 'rejected')
      if (failed) throw (failed as PromiseRejectedResult).reason
      return jobs.map(({ id }) => id)
    })
  }

  /** Resolves when the broker has confirmed all that was being added.
   *  @param limitMs - or after that time, in milliseconds */
  allAdded(limitMs: number): Promise<void> {
    return this.#inFlight.ended(limitMs)
  }
}

function refuseId(name: string, id: string): void {
  const fault = unrecordedIdFault(id)
  if (fault !== undefined) throw invalid(name, `its jobId "${shorten(id, 40)}" ${fault}`)
}

function invalid(name: string, reason: string): WorkerKitError {
  return new WorkerKitError(
    'ERR_INVALID_OPTIONS',
    `Job "${name}" was not added, and cannot be as it is: ${reason}. A job that is recorded at its start has a name, and an id of ` +
      '255 bytes at most that is no number and has no colon.',
  )
}
