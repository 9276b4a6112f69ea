import {
  type BackendFactory,
  type FlowJob,
  FlowProducer,
  type JobNode,
  type JobsOptions,
  type Telemetry,
} from 'bullmq'
import { isOutage } from '../amqp/outages.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { checkedJob } from '../job/checked-job.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { invalidOptions, type WantedJob } from '../job/wanted-job.ts'
import type { Logger } from '../logger.ts'
import { addError } from './add-errors.ts'
import type { RedisClient } from './redis-connections.ts'
import type { TypedQueue } from './typed-queue.ts'

/** A job of a flow; made by `flowNode`, which checks the type of its data. */
export interface FlowNode {
  readonly definition: JobDefinition
  readonly data: unknown
  /** BullMQ's; they override those of the definition. */
  readonly options?: JobsOptions
  /** Jobs that must complete before this one starts. */
  readonly children?: readonly FlowNode[]
}

/** What `Kit.flow` has added: the ids of a job and of its children, in the order of the nodes. */
export interface AddedFlow {
  readonly id: string
  readonly children: readonly AddedFlow[]
}

/** Declares a job of a flow.
 *  @param more.options - BullMQ's; they override those of the definition
 *  @param more.children - jobs that must complete before this one starts */
export function flowNode<Input, Output, Result>(
  definition: JobDefinition<Input, Output, Result>,
  data: Input,
  more: Pick<FlowNode, 'options' | 'children'> = {},
): FlowNode {
  return { definition: definition as JobDefinition, data, ...more }
}

interface FlowsSetup {
  connection: RedisClient
  prefix: string | undefined
  factory: BackendFactory<RabbitmqQueueBackend>
  logger: Logger
  telemetry: Telemetry | undefined
  queue: (definition: JobDefinition) => TypedQueue<unknown>
}

/** Adds flows: trees of jobs that wait for their children, which may be in other queues. */
export class Flows {
  readonly #producer: FlowProducer
  readonly #queue: FlowsSetup['queue']

  constructor({ connection, prefix, factory, logger, telemetry, queue }: FlowsSetup) {
    this.#producer = new FlowProducer({ connection, prefix, telemetry }, factory) as unknown as FlowProducer
    this.#producer.on('error', err => {
      if (!isOutage(err)) logger.warn({ err }, 'flow error')
    })
    this.#queue = queue
  }

  /** Records all jobs of a flow together, or none.
   *  @throws {WorkerKitError} as `TypedQueue.add` does */
  async add(node: FlowNode): Promise<AddedFlow> {
    const jobs: WantedJob[] = []
    const flow = await this.#flowJob(node, jobs)
    const deduplicated = jobs.find(({ options }) => options.deduplication)
    if (deduplicated && jobs.length > 1)
      throw invalidOptions(deduplicated.name, 'deduplication: expected none in a flow of several jobs')
    const added = await this.#producer.add(flow).catch((error: Error) => {
      throw addError(this.#queue(node.definition).bull, jobs, error)
    })
    return idsOf(added)
  }

  close(): Promise<void> {
    return this.#producer.close()
  }

  /** @param jobs - gets this job and those below it */
  async #flowJob(
    { definition, data, options = {}, children = [] }: FlowNode,
    jobs: WantedJob[],
  ): Promise<FlowJob> {
    const job = await checkedJob(definition, data, options)
    jobs.push(job)
    const { name, options: opts } = job
    const below = await Promise.all(children.map(child => this.#flowJob(child, jobs)))
    return { name, queueName: name, data, opts, children: below }
  }
}

function idsOf({ job, children = [] }: JobNode): AddedFlow {
  return { id: String(job.id), children: children.map(idsOf) }
}
