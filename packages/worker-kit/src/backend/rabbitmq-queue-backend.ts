import {
  type IRedisTransaction,
  type JobJson,
  type KeepJobs,
  type KeysMap,
  type MinimalJob,
  type MoveToDelayedOpts,
  type MoveToWaitingChildrenOpts,
  type ParentKeyOpts,
  type QueueBaseOptions,
  QueueKeys,
  type RedisClient,
  type RedisConnection,
  type RetryJobOpts,
  type WorkerOptions,
} from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { CLOSE_TIMEOUT_MS } from '../amqp/close.ts'
import { type QueueTopology, queueTopology } from '../amqp/topology.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { describeReason } from '../dead-letters/describe-reason.ts'
import type { JobEntry } from '../producer/add-jobs.ts'
import { JobPublisher } from '../producer/publish-jobs.ts'
import type { RecordOn } from '../producer/record-on.ts'
import { RedisQueueBackend } from '../redis/bullmq-backend.ts'
import { defineCommands } from '../redis/command.ts'
import { addIneligibleJob, isIneligibleStep } from '../redis/commands/add-ineligible-job.ts'
import { type CancelReply, cancelJob } from '../redis/commands/cancel-job.ts'
import { changePriority } from '../redis/commands/change-priority.ts'
import { isLeavingStep, leaveActive } from '../redis/commands/leave-active.ts'
import { moveStalledJobsToWait } from '../redis/commands/move-stalled-jobs.ts'
import { isUpdateStep, updateRunningJob } from '../redis/commands/update-running-job.ts'
import { keyOf, queueKeys } from '../redis/queue-keys.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { AttachedWorker, ServedWorker } from '../worker/attached-worker.ts'
import type { Finished } from '../worker/finish-job.ts'
import type { Fetched } from '../worker/next-job.ts'
import { type BackendHost, type BackendParts, composeParts, DEFAULT_LOCK_MS } from './compose-parts.ts'
import type { TopologySettings } from './settings.ts'

/** How long Redis may take to answer while a connection closes, in milliseconds. */
const REDIS_CLOSE_TIMEOUT_MS = 5_000

type BackendOptions = QueueBaseOptions & { prefix?: string } & Partial<WorkerOptions>

type FlowEntry = Parameters<InstanceType<typeof RedisQueueBackend>['addFlow']>[0][number]

/** What the backends of one factory share, and whom this one is for. */
export interface BackendContext {
  broker: Broker
  topology: TopologySettings
  /** When jobs are recorded whose options do not say it. */
  recordOn: RecordOn
  /** The worker that the backend serves, if any. */
  worker?: ServedWorker
  /** Whether the backend's user is to hear why the broker cannot be reached. */
  needsBroker: boolean
}

/** BullMQ's Redis backend, with RabbitMQ carrying the jobs. State, getters and dashboards stay BullMQ's own (R1). This class only
 *  delegates, under the headings of `IQueueBackend`: adding to `producer/`, running jobs to `worker/`. */
export class RabbitmqQueueBackend extends RedisQueueBackend {
  /** The queue's dead letters (R9). */
  readonly deadLetters: DeadLetters
  /** The queue's objects on the broker. */
  readonly topology: QueueTopology
  /** The queue's keys in Redis, with a connection. */
  readonly redisQueue: RedisQueue
  readonly #context: BackendContext
  readonly #parts: BackendParts
  #closed: Promise<void> | undefined
  #released: Promise<void> | undefined
  readonly #onError = (error: Error) => this.emit('error', error)

  constructor(
    connection: RedisConnection,
    name: string,
    opts: BackendOptions,
    context: BackendContext,
    blockingConnection?: RedisConnection,
    ownsConnection = true,
  ) {
    const toKey = (type: string) => new QueueKeys(opts.prefix).toKey(name, type)
    super(connection, name, queueKeys(opts.prefix, name), toKey, opts, blockingConnection, ownsConnection)
    const { broker, topology, worker, recordOn } = context
    this.#context = context
    this.redisQueue = { keys: this.keys, client: () => this.#client() }
    this.topology = queueTopology(this.qualifiedName, topology)
    this.#parts = composeParts(
      this.#asHost(),
      { broker, topology: this.topology, queue: this.redisQueue },
      opts,
      { served: worker, recordOn },
    )
    this.deadLetters = this.#parts.deadLetters
    if (!ownsConnection) return
    connection.on('ready', () => this.#worker?.onRedisReady())
    broker.retain()
    if (context.needsBroker) broker.on('error', this.#onError)
  }

  get #worker(): AttachedWorker | undefined {
    return this.#parts.worker
  }

  /** What the parts need: BullMQ's own methods, and some that are private. */
  #asHost(): BackendHost {
    return {
      addJobToTransaction: (...args) => this.addJobToTransaction(...args),
      retryFinishedJob: (...args) => this.retryFinishedJob(...args),
      extendLock: (...args) => this.extendLock(...args),
      clientName: () => this.clientName(),
      getClientList: () => this.getClientList(),
      waitForMarker: async timeoutMs => {
        await super.waitForJob(timeoutMs / 1_000)
      },
      countWaiting: () => this.#countWaiting(),
      isClosing: () => this.closing !== undefined,
      errorOf: (code, jobId, step) => this.finishedErrors({ code, jobId, command: step, state: 'active' }),
      onError: this.#onError,
    }
  }

  // --- Lifecycle -------------------------------------------------------------------------------------------------------

  override forQueue(queueName: string, prefix?: string): RabbitmqQueueBackend {
    const opts = { ...this.queue.opts, prefix: prefix ?? this.redisPrefix }
    const context = { ...this.#context, worker: undefined }
    return new RabbitmqQueueBackend(this.connection, queueName, opts, context, undefined, false)
  }

  override async waitUntilReady(): Promise<void> {
    await super.waitUntilReady()
    await this.#client()
  }

  override close(force = false): Promise<void> {
    if (!this.ownsConnection) return Promise.resolve()
    this.#closed ??= this.#close(force)
    return this.#closed
  }

  async #close(force: boolean): Promise<void> {
    try {
      if (!force) await this.#parts.adding.allAdded(CLOSE_TIMEOUT_MS)
      await this.#worker?.close()
      await withTimeLimit(this.#closeConnections(force), REDIS_CLOSE_TIMEOUT_MS, () =>
        this.#dropConnections(),
      )
    } finally {
      await this.#release()
    }
  }

  async #closeConnections(force: boolean): Promise<void> {
    // The marker is waited for with a blocking command. A connection that was never ready has none in flight.
    if (this.blockingConnection?.status === 'ready') await super.disconnectBlocking(true)
    await super.close(force)
  }

  /** Running jobs' outcomes can no longer be recorded: other workers get the jobs. */
  override async disconnect(): Promise<void> {
    if (!this.ownsConnection) return
    await this.#worker?.close()
    try {
      await withTimeLimit(super.disconnect(), REDIS_CLOSE_TIMEOUT_MS, () => this.#dropConnections())
    } finally {
      await this.#release()
    }
  }

  /** Nobody waits for these any more: a Redis that does not answer, or was never reached, may keep them waiting. */
  #dropConnections(): void {
    for (const connection of [this.connection, this.blockingConnection])
      connection?.close(true).catch(() => undefined)
  }

  #release(): Promise<void> {
    this.#context.broker.off('error', this.#onError)
    this.#released ??= this.#context.broker.release()
    return this.#released
  }

  /** The connection, with our commands defined on it. */
  async #client(): Promise<RedisClient> {
    const client = await this.client
    defineCommands(client)
    return client
  }

  // --- Adding jobs -----------------------------------------------------------------------------------------------------

  override addJob(job: JobJson, jobId: string, parentKeyOpts?: ParentKeyOpts): Promise<string> {
    return this.#parts.adding.add({ job, jobId, parentKeyOpts })
  }

  override addJobs(entries: JobEntry[]): Promise<string[]> {
    return this.#parts.adding.addAll(entries, recorded => super.addJobs(recorded))
  }

  override async addFlow(entries: FlowEntry[]): Promise<[Error | null, string | number][]> {
    const publishers = new Map<string, JobPublisher>()
    const nodes = entries.map(({ jobData, queueName, prefix }) => {
      const key = `${prefix}:${queueName}`
      const publisher = publishers.get(key) ?? this.#publisherOf(queueName, prefix)
      publishers.set(key, publisher)
      return { job: jobData, publisher }
    })
    return this.#parts.adding.addFlow(nodes, () => super.addFlow(entries))
  }

  #publisherOf(queueName: string, prefix: string): JobPublisher {
    const { broker, topology } = this.#context
    return new JobPublisher({
      broker,
      topology: queueTopology(`${prefix}:${queueName}`, topology),
      queue: { keys: queueKeys(prefix, queueName), client: () => this.#client() },
    })
  }

  /** Called by BullMQ once it has encoded a job that may run at once. */
  override addStandardJob(
    client: RedisClient | IRedisTransaction,
    job: JobJson,
    encodedOpts: unknown,
    args: (string | number | Record<string, unknown>)[],
    keys: KeysMap = this.keys,
  ): Promise<string | number> {
    return this.#parts.adder.addStandard(client, {
      args: this.addStandardJobArgs(job, encodedOpts, args, keys),
      wantedId: String(args[1] ?? ''),
      lifo: job.opts.lifo === true,
    }) as Promise<string | number>
  }

  // --- Fetching jobs ---------------------------------------------------------------------------------------------------

  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override async moveToActive(token: string, name?: string): Promise<any[]> {
    if (!this.#worker) return super.moveToActive(token, name)
    return (await this.#worker.nextJobs.next(token)) ?? []
  }

  override async waitForJob(blockTimeout: number): Promise<{ member: string; score: number } | null> {
    if (!this.#worker) return super.waitForJob(blockTimeout)
    return this.#worker.nextJobs.waitForJob(blockTimeout * 1_000)
  }

  /** Ends what the worker waits for: it takes no further jobs, and what has not started is requeued. */
  override async disconnectBlocking(): Promise<void> {
    await this.#worker?.pause()
  }

  override async reconnectBlocking(): Promise<void> {
    await super.reconnectBlocking()
    this.#worker?.resume()
  }

  /** Delayed jobs that are due count as waiting: BullMQ promotes them when a worker asks, here the pump is about to. */
  async #countWaiting(): Promise<number> {
    const counts = await this.getCounts(['wait', 'prioritized', 'delayed'], Date.now() + 1)
    return counts.reduce((sum, count) => sum + count, 0)
  }

  // --- Jobs leaving active ---------------------------------------------------------------------------------------------

  override async moveToCompleted<T, R, N extends string>(
    job: MinimalJob<T, R, N>,
    returnValue: R,
    removeOnComplete: boolean | number | KeepJobs,
    token: string,
    fetchNext: boolean,
  ): Promise<Finished> {
    if (!this.#worker) {
      await this.#client()
      return (await super.moveToCompleted(job, returnValue, removeOnComplete, token, false)) as Finished
    }
    const value = JSON.stringify(returnValue)
    return this.#worker.finisher.complete({
      ...{ jobId: String(job.id), token, fetchNext },
      finishArgs: () => this.moveToCompletedArgs(job, value as never, removeOnComplete, token, false),
    })
  }

  override async moveToFailed<T, R, N extends string>(
    job: MinimalJob<T, R, N>,
    failedReason: string,
    removeOnFail: boolean | number | KeepJobs,
    token: string,
    fetchNext: boolean,
    fieldsToUpdate?: Record<string, unknown>,
  ): Promise<Finished> {
    // Whoever fails a job by hand may give anything as its error.
    const reason = describeReason(failedReason)
    const fields = fieldsToUpdate && { ...fieldsToUpdate, failedReason: reason }
    const failure = { reason, stacktrace: fieldsToUpdate?.stacktrace as string | undefined }
    if (!this.#worker) {
      await this.#client()
      await this.#parts.deadLetterWriter.write({ jobId: String(job.id), token, ...failure })
      return (await super.moveToFailed(job, reason, removeOnFail, token, false, fields)) as Finished
    }
    const ended = {
      ...{ jobId: String(job.id), token, fetchNext },
      finishArgs: () => this.moveToFailedArgs(job, reason, removeOnFail, token, false, fields),
    }
    return this.#worker.finisher.fail(ended, failure)
  }

  override async moveToDelayed(
    jobId: string,
    timestamp: number,
    delay: number,
    token = '0',
    opts: MoveToDelayedOpts = {},
  ): Promise<Fetched> {
    const { fetchNext = false, ...rest } = opts
    if (!this.#worker) {
      await this.#client()
      return (await super.moveToDelayed(jobId, timestamp, delay, token, rest)) as Fetched
    }
    const job = { jobId, token }
    const args = this.moveToDelayedArgs(jobId, timestamp, token, delay, rest)
    await this.#worker.mover.delay(job, args)
    return fetchNext ? this.#worker.nextJobs.startFollowing(token) : []
  }

  override async moveToWaitingChildren(
    jobId: string,
    token: string,
    opts: MoveToWaitingChildrenOpts = {},
  ): Promise<boolean> {
    if (this.#worker)
      return this.#worker.mover.waitForChildren(
        { jobId, token },
        this.moveToWaitingChildrenArgs(jobId, token, opts),
      )
    await this.#client()
    return super.moveToWaitingChildren(jobId, token, opts)
  }

  override async retryJob(jobId: string, lifo: boolean, token = '0', opts: RetryJobOpts = {}): Promise<void> {
    if (this.#worker)
      return this.#worker.mover.retry({ jobId, token }, this.retryJobArgs(jobId, lifo, token, opts))
    await this.#client()
    await super.retryJob(jobId, lifo, token, opts)
    await this.#parts.publisher.publishWaiting([jobId])
  }

  override async moveJobFromActiveToWait(jobId: string, token = '0'): Promise<number> {
    if (this.#worker) return this.#worker.mover.moveToWait({ jobId, token })
    const result = await this.returnToWait(jobId, token)
    await this.#parts.publisher.publishWaiting([jobId])
    return result
  }

  /** BullMQ's step alone: a worker's pump publishes the job. */
  async returnToWait(jobId: string, token: string): Promise<number> {
    await this.#client()
    return super.moveJobFromActiveToWait(jobId, token)
  }

  override async moveStalledJobsToWait(): Promise<string[]> {
    await this.#client()
    const stalled = await super.moveStalledJobsToWait()
    return this.#worker ? this.#worker.onStalled(stalled) : stalled
  }

  override async extendLocks(jobIds: string[], tokens: string[], duration: number): Promise<string[]> {
    const lost = await super.extendLocks(jobIds, tokens, duration)
    for (const id of lost) this.#worker?.onLockLost(id)
    return lost
  }

  override async changePriority(jobId: string, priority = 0, lifo = false): Promise<void> {
    await this.#client()
    await super.changePriority(jobId, priority, lifo)
    await this.#parts.publisher.publishWaiting([jobId])
  }

  /** All scripts of BullMQ run through here. Those that touch a stamp run inside a command of ours. */
  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override execCommand(client: RedisClient | IRedisTransaction, name: string, args: any[]): any {
    if (name === 'changePriority') return changePriority(client, args)
    if (name === 'moveStalledJobsToWait') return moveStalledJobsToWait(client, args)
    if (isIneligibleStep(name)) return addIneligibleJob(client, name, args, this.#parts.adder.clocks)
    if (isLeavingStep(name)) return leaveActive(client, this.keys, name, args).then(({ result }) => result)
    // A run of this worker's may report only while the job is its own (R8); others may say what they like.
    const token = isUpdateStep(name) ? this.#worker?.fence.tokenOf(jobIdOf(args, this.toKey(''))) : undefined
    if (isUpdateStep(name) && token !== undefined) return updateRunningJob(client, name, args, token)
    return super.execCommand(client, name, args)
  }

  // --- Canceling -------------------------------------------------------------------------------------------------------

  /** Notes that a job is to fail. A job that waits is then active, locked by the caller, who has to fail it. */
  async cancel(id: string, failure: string, token: string): Promise<CancelReply> {
    return cancelJob(this.redisQueue, { id, failure, token, lockMs: DEFAULT_LOCK_MS })
  }

  /** Redis' channel that tells of running jobs which are canceled: `{ id, failure }` as JSON. */
  get cancelChannel(): string {
    return keyOf(this.keys, 'canceled')
  }

  // --- Removing --------------------------------------------------------------------------------------------------------

  /** Removes the jobs that wait: in Redis as BullMQ does, and at the broker those that nobody has recorded (decision 16).
   *  @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer: the jobs in Redis are removed */
  override drain(delayed: boolean): Promise<void> {
    return this.#parts.emptier.drain(() => super.drain(delayed))
  }

  /** Destroys the queue: in Redis as BullMQ does, and its queues and messages in RabbitMQ, dead letters included. */
  override obliterate(opts: { force: boolean; count: number }): Promise<number> {
    const hasActive = async () => (await this.getCounts(['active'])).some(count => count > 0)
    return this.#parts.emptier.obliterate(
      () => super.obliterate(opts),
      async () => !opts.force && (await hasActive()),
    )
  }
}

/** The job of a step whose first key is the job's hash. */
function jobIdOf([jobKey]: string[], prefix: string): string {
  return (jobKey as string).slice(prefix.length)
}
