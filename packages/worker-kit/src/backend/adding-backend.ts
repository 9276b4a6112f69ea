import {
  type IRedisTransaction,
  type JobJson,
  type KeysMap,
  type ParentKeyOpts,
  type QueueBaseOptions,
  QueueKeys,
  type RedisClient,
  type RedisConnection,
} from 'bullmq'
import { type Broker, CLOSE_TIMEOUT_MS } from '../amqp/broker.ts'
import { type QueueTopology, queueTopology } from '../amqp/topology.ts'
import { AddBatch, BATCH_SIZE } from '../producer/add-batch.ts'
import { allConfirmed, Outbox, type OutboxOptions } from '../producer/outbox.ts'
import { Turns } from '../producer/turns.ts'
import { UnderWay } from '../producer/under-way.ts'
import { RedisQueueBackend } from '../redis/bullmq-backend.ts'
import { defineCommands } from '../redis/command.ts'
import { addIneligibleJob, isIneligibleStep } from '../redis/commands/add-ineligible-job.ts'
import { type Added, addJobs, parseAdded, resultInTransaction } from '../redis/commands/add-jobs.ts'
import { changePriority } from '../redis/commands/change-priority.ts'
import { KnownClocks } from '../redis/known-clocks.ts'
import { queueKeys } from '../redis/queue-keys.ts'
import type { TopologySettings } from './settings.ts'

interface AddEntry {
  job: JobJson
  jobId: string
  parentKeyOpts?: ParentKeyOpts
}

interface FlowEntry {
  jobData: JobJson
  jobId: string
  parentKeyOpts: ParentKeyOpts
  prefix: string
  queueName: string
}

/** The producer's half of the backend: what is recorded in Redis is brought to the broker (R4, R5). */
export abstract class AddingBackend extends RedisQueueBackend {
  /** What the parts of this backend work on. */
  protected readonly place: OutboxOptions
  protected readonly outbox: Outbox
  protected readonly knownClocks = new KnownClocks()
  readonly #turns = new Turns(BATCH_SIZE)
  readonly #underWay = new UnderWay()
  readonly #adds = new AddBatch(() => this.redis(), this.knownClocks)
  /** The connection that knows our scripts. */
  #known: RedisClient | undefined

  constructor(
    connection: RedisConnection,
    name: string,
    opts: QueueBaseOptions & { prefix?: string },
    { broker, topology }: { broker: Broker; topology: TopologySettings },
    blockingConnection?: RedisConnection,
    ownsConnection = true,
  ) {
    const toKey = (type: string) => new QueueKeys(opts.prefix).toKey(name, type)
    super(connection, name, queueKeys(opts.prefix, name), toKey, opts, blockingConnection, ownsConnection)
    this.place = {
      broker,
      topology: queueTopology(this.qualifiedName, topology),
      keys: this.keys,
      redis: () => this.redis(),
    }
    this.outbox = new Outbox(this.place)
  }

  /** Carried by RabbitMQ under this name. */
  get topology(): QueueTopology {
    return this.place.topology
  }

  abstract override forQueue(queueName: string, prefix?: string): AddingBackend

  override async waitUntilReady(): Promise<void> {
    await super.waitUntilReady()
    await this.redis()
  }

  override async addJob(job: JobJson, jobId: string, parentKeyOpts?: ParentKeyOpts): Promise<string> {
    this.outbox.refuseTooLarge(job)
    return this.#underWay.run(async () => this.#add(await this.redis(), { job, jobId, parentKeyOpts }))
  }

  override async addJobs(entries: AddEntry[]): Promise<string[]> {
    for (const { job } of entries) this.outbox.refuseTooLarge(job)
    if (entries.every(isStandard)) return this.#addAllStandard(entries)
    return this.#inTurn(async () => {
      // One after the other, so that their ids are in order.
      const added = (await super.addJobs(entries)).map(reply => parseAdded(resultInTransaction(reply)))
      await allConfirmed(entries.map(({ job }, i) => this.outbox.publishAdded(added[i] as Added, job)))
      return added.map(({ id }) => id)
    })
  }

  #addAllStandard(entries: AddEntry[]): Promise<string[]> {
    return this.#underWay.run(async () => {
      const client = await this.redis()
      return allConfirmed(entries.map(entry => this.#add(client, entry)))
    })
  }

  /** In the same number of steps for one and for each of many: those that come later stay behind. */
  async #add(client: RedisClient, { job, jobId, parentKeyOpts }: AddEntry): Promise<string> {
    await this.#turns.enter()
    const added = parseAdded(await this.addJobToTransaction(client, job, jobId, parentKeyOpts))
    await this.outbox.publishAdded(added, job)
    return added.id
  }

  /** On a connection, together with those that are added at the same time; a flow stays in its transaction. */
  override addStandardJob(
    client: RedisClient | IRedisTransaction,
    job: JobJson,
    encodedOpts: unknown,
    args: (string | number | Record<string, unknown>)[],
    keys: KeysMap = this.keys,
  ): Promise<string | number> {
    const standard = {
      args: this.addStandardJobArgs(job, encodedOpts, args, keys),
      wantedId: String(args[1] ?? ''),
      lifo: job.opts.lifo === true,
    }
    const reply =
      client === this.#known ? this.#adds.add(standard) : addJobs(client, [standard], this.knownClocks)
    return reply as Promise<string | number>
  }

  override async addFlow(entries: FlowEntry[]): Promise<[Error | null, string | number][]> {
    const backends = entries.map(({ queueName, prefix }) => this.forQueue(queueName, prefix))
    for (const [i, { jobData }] of entries.entries()) backends[i]?.outbox.refuseTooLarge(jobData)
    return this.#inTurn(async () => {
      const results = await super.addFlow(entries)
      return allConfirmed(
        results.map(async ([error, reply], i): Promise<[Error | null, string | number]> => {
          if (error) return [error, reply]
          const result = resultInTransaction(reply)
          if (!Array.isArray(result)) return [null, result as string | number]
          const added = parseAdded(result)
          const { jobData } = entries[i] as FlowEntry
          await (backends[i] as AddingBackend).outbox.publishAdded(added, jobData)
          return [null, added.id]
        }),
      )
    })
  }

  override async changePriority(jobId: string, priority = 0, lifo = false): Promise<void> {
    await this.redis()
    await super.changePriority(jobId, priority, lifo)
    await this.outbox.publishWaiting([jobId])
  }

  /** Every script of BullMQ runs through here: those that touch a stamp are exchanged for ours, which call them. */
  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override execCommand(client: RedisClient | IRedisTransaction, name: string, args: any[]): any {
    if (name === 'changePriority') return changePriority(client, args)
    if (isIneligibleStep(name)) return addIneligibleJob(client, name, args, this.knownClocks)
    return super.execCommand(client, name, args)
  }

  /** Adds something, not before what was to be added earlier. */
  #inTurn<T>(add: () => Promise<T>): Promise<T> {
    return this.#underWay.run(async () => {
      await this.redis()
      await this.#turns.enter()
      return add()
    })
  }

  /** Resolves when the broker has confirmed all that was being added, or would not in time. */
  protected allAdded(): Promise<void> {
    return this.#underWay.ended(CLOSE_TIMEOUT_MS)
  }

  /** The connection, with our scripts known to it. */
  protected async redis(): Promise<RedisClient> {
    const client = await this.client
    defineCommands(client)
    this.#known = client
    return client
  }
}

/** Whether a job may run at once. */
function isStandard({ job, parentKeyOpts }: AddEntry): boolean {
  return !(job.opts.delay || job.opts.priority || parentKeyOpts?.addToWaitingChildren)
}
