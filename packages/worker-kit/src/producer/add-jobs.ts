import type { IRedisTransaction, JobJson, ParentKeyOpts, RedisClient } from 'bullmq'
import {
  type Added,
  addJobs,
  type JobToAdd,
  parseAdded,
  resultInTransaction,
} from '../redis/commands/add-jobs.ts'
import { KnownClocks } from '../redis/known-clocks.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { AddBatch, BATCH_SIZE } from './add-batch.ts'
import { Admission } from './admission.ts'
import { InFlight } from './in-flight.ts'
import { allSettledOrThrow, type JobPublisher } from './publish-jobs.ts'
import { refuseReservedId } from './reserved-id.ts'

/** A job to add, as BullMQ hands it to its backend. */
export interface JobEntry {
  job: JobJson
  jobId: string
  parentKeyOpts?: ParentKeyOpts
}

/** A job of a flow, with the publisher of its queue. */
export interface FlowNode {
  job: JobJson
  publisher: JobPublisher
}

export interface JobAdderOptions {
  queue: RedisQueue
  publisher: JobPublisher
  /** BullMQ's step: encodes a job, and records it on a connection. Calls `addStandard` for a job that may run at once. */
  record: (client: RedisClient, entry: JobEntry) => Promise<unknown>
  /** Called for each job that was added, alone or with others that may run at once. */
  onAdded: () => void
}

/** How jobs are added: refused when they are too large, recorded in Redis, published, and confirmed (R4). Jobs are added in the
 *  order of the calls. */
export class JobAdder {
  /** Clocks of the queues that this producer has added to. */
  readonly clocks = new KnownClocks()
  readonly #options: JobAdderOptions
  readonly #admission = new Admission(BATCH_SIZE)
  readonly #inFlight = new InFlight()
  readonly #batch: AddBatch
  #client: RedisClient | undefined

  constructor(options: JobAdderOptions) {
    this.#options = options
    this.#batch = new AddBatch(options.queue, this.clocks)
  }

  async add(entry: JobEntry): Promise<string> {
    refuse(this.#options.publisher, entry.job)
    return this.#inFlight.run(async () => this.#recordAndPublish(await this.#connect(), entry))
  }

  /** @param recordAll - records all jobs in one pipeline, in their order; gives BullMQ's replies */
  async addAll(entries: JobEntry[], recordAll: () => Promise<unknown[]>): Promise<string[]> {
    const { publisher } = this.#options
    for (const { job } of entries) refuse(publisher, job)
    if (entries.every(mayRunAtOnce)) return this.#addBatched(entries)
    return this.#inTurn(async () => {
      const added = (await recordAll()).map(reply => parseAdded(resultInTransaction(reply)))
      await allSettledOrThrow(entries.map(({ job }, i) => publisher.publishAdded(added[i] as Added, job)))
      return added.map(({ id }) => id)
    })
  }

  /** @param recordAll - records all jobs in one transaction; gives an error or BullMQ's reply for each */
  async addFlow(
    nodes: FlowNode[],
    recordAll: () => Promise<[Error | null, unknown][]>,
  ): Promise<[Error | null, string | number][]> {
    for (const { job, publisher } of nodes) refuse(publisher, job)
    return this.#inTurn(async () => {
      const replies = await recordAll()
      return allSettledOrThrow(replies.map((reply, i) => publishNode(nodes[i] as FlowNode, reply)))
    })
  }

  /** Records a job that may run at once: on a connection together with others, in a transaction by itself. */
  addStandard(runner: RedisClient | IRedisTransaction, job: JobToAdd): Promise<unknown> {
    return runner === this.#client ? this.#batch.add(job) : addJobs(runner, [job], this.clocks)
  }

  /** Resolves when the broker has confirmed all that was being added.
   *  @param limitMs - or after that time, in milliseconds */
  allAdded(limitMs: number): Promise<void> {
    return this.#inFlight.ended(limitMs)
  }

  #addBatched(entries: JobEntry[]): Promise<string[]> {
    return this.#inFlight.run(async () => {
      const client = await this.#connect()
      return allSettledOrThrow(entries.map(entry => this.#recordAndPublish(client, entry)))
    })
  }

  /** Takes as many steps for a single job as for one of many: jobs of later calls stay behind. */
  async #recordAndPublish(client: RedisClient, entry: JobEntry): Promise<string> {
    const { record, publisher, onAdded } = this.#options
    await this.#admission.enter()
    const added = parseAdded(await record(client, entry))
    await publisher.publishAdded(added, entry.job)
    onAdded()
    return added.id
  }

  #inTurn<T>(add: () => Promise<T>): Promise<T> {
    return this.#inFlight.run(async () => {
      await this.#connect()
      await this.#admission.enter()
      return add()
    })
  }

  async #connect(): Promise<RedisClient> {
    this.#client = await this.#options.queue.client()
    return this.#client
  }
}

/** Refuses a job that cannot be added as it is. */
function refuse(publisher: JobPublisher, job: JobJson): void {
  publisher.refuseTooLarge(job)
  refuseReservedId(job)
}

async function publishNode(
  { job, publisher }: FlowNode,
  [error, reply]: [Error | null, unknown],
): Promise<[Error | null, string | number]> {
  if (error) return [error, reply as string | number]
  const result = resultInTransaction(reply)
  // A negative code, or the id of a job that may not run at once.
  if (!Array.isArray(result)) return [null, result as string | number]
  const added = parseAdded(result)
  await publisher.publishAdded(added, job)
  return [null, added.id]
}

function mayRunAtOnce({ job, parentKeyOpts }: JobEntry): boolean {
  return !(job.opts.delay || job.opts.priority || parentKeyOpts?.addToWaitingChildren)
}
