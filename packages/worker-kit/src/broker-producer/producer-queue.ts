import type { JobsOptions, Telemetry } from 'bullmq'
import { checkedJob } from '../job/checked-job.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { type WantedJob, writtenData } from '../job/wanted-job.ts'
import type { MadeJob } from '../producer/record-on.ts'
import type { PreparedJob, UnrecordedAdder } from '../producer/unrecorded-adder.ts'
import { traceAdd, tracedOptions } from './trace-add.ts'

/** BullMQ's options of a job, but those that need its record in Redis. They override the definition's. */
export type ProducerJobOptions = Pick<
  JobsOptions,
  | ('jobId' | 'attempts' | 'backoff' | 'removeOnComplete' | 'removeOnFail')
  | ('keepLogs' | 'stackTraceLimit' | 'timestamp' | 'telemetry')
>

export interface JobToProduce<Input> {
  data: Input
  options?: ProducerJobOptions
}

export interface ProducedJob {
  /** A UUID (version 7), or the `jobId` of the options. A job that is added again under the same id runs once. */
  id: string
}

/** Adds jobs of one type, by RabbitMQ alone. */
export interface ProducerQueue<Input> {
  /** Resolves once the broker has confirmed the job. Redis knows the job from its start on.
   *  @throws {WorkerKitError} `ERR_ADD_UNCONFIRMED`: add the job again under the `jobId` of the error, that never makes two;
   *    `ERR_INVALID_PAYLOAD`, `ERR_INVALID_OPTIONS`, `ERR_NEEDS_RECORD`, `ERR_JOB_TOO_LARGE`, `ERR_TOPOLOGY_MISMATCH`, `ERR_CLOSED` */
  add(data: Input, options?: ProducerJobOptions): Promise<ProducedJob>
  /** Adds several jobs in their order. All are checked before the first is added; resolves once the broker has confirmed all.
   *  @throws {WorkerKitError} as `add`: after an `ERR_ADD_UNCONFIRMED` the other jobs may have been added */
  addBulk(jobs: readonly JobToProduce<Input>[]): Promise<ProducedJob[]>
}

interface QueueSetup {
  adder: UnrecordedAdder
  telemetry: Telemetry | undefined
  refuseIfClosed: () => void
}

export function producerQueue<Input, Output, Result>(
  definition: JobDefinition<Input, Output, Result>,
  { adder, telemetry, refuseIfClosed }: QueueSetup,
): ProducerQueue<Input> {
  const { name } = definition

  async function prepare(
    { data, options = {} }: JobToProduce<Input>,
    metadata?: string,
  ): Promise<PreparedJob> {
    const wanted = await checkedJob(definition, data, options as JobsOptions)
    return adder.prepare(madeJob(wanted, metadata), options.jobId)
  }

  return {
    add: (data, options) => {
      refuseIfClosed()
      return traceAdd(
        telemetry,
        { operation: 'add', queue: name, destination: `${name}.${name}` },
        async metadata => {
          const job = await prepare({ data, options }, metadata)
          await adder.publish([job])
          return { id: job.id }
        },
      )
    },
    addBulk: jobs => {
      refuseIfClosed()
      return traceAdd(telemetry, { operation: 'addBulk', queue: name, destination: name }, async metadata => {
        const prepared = await Promise.all(jobs.map(job => prepare(job, metadata)))
        const ids = await adder.publish(prepared)
        return ids.map(id => ({ id }))
      })
    },
  }
}

/** @param metadata - of the trace in which the job is added */
function madeJob({ name, data, options }: WantedJob, metadata: string | undefined): MadeJob {
  return {
    name,
    data: writtenData(name, data),
    timestamp: options.timestamp || Date.now(),
    opts: tracedOptions(options, metadata),
  }
}
