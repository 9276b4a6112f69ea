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
  RedisQueueBackend,
  type RetryJobOpts,
  type WorkerOptions,
} from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { type QueueTopology, queueTopology } from '../amqp/topology.ts'
import { DeadLetters } from '../dead-letters/dead-letters.ts'
import { type FinalFailure, LetterWriter } from '../dead-letters/letter-writer.ts'
import { AddBatch, runAdd } from './add-batch.ts'
import { type Added, parseAdded, reportAdd, resultInTransaction } from './adding.ts'
import {
  runChangePriority,
  runFenced,
  runLeavingStep,
  runObservedStep,
  runStalledCheck,
} from './exchanged-scripts.ts'
import { JobSource, type NextJob } from './job-source.ts'
import { allConfirmed, Outbox } from './outbox.ts'
import { keyOf, queueKeys } from './queue-keys.ts'
import { KnownClocks } from './recovery/known-clocks.ts'
import { defineScripts, isFencedStep, isLeavingStep, isObservedStep, type LeavingStep } from './scripts.ts'
import type { TopologySettings } from './settings.ts'
import { Fence } from './takeover/fence.ts'

/** How long a worker that has a job coming waits for its delivery before it asks again, in milliseconds. */
const PATIENCE_MS = 1_000

/** The same for one that has other jobs to look after. */
const SHORT_PATIENCE_MS = 5

/** BullMQ's default. */
const DEFAULT_LOCK_MS = 30_000

/** BullMQ's code for an added job whose parent does not exist. */
const PARENT_GONE = -5

/** Whether a job may run at once. */
function isStandard({ job, parentKeyOpts }: AddEntry): boolean {
  return !(job.opts.delay || job.opts.priority || parentKeyOpts?.addToWaitingChildren)
}

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

export interface RabbitmqQueueBackendOptions {
  broker: Broker
  topology: TopologySettings
  /** The worker that this backend feeds, if any. */
  worker?: FedWorker
}

/** What a backend must know of its worker. */
export interface FedWorker {
  /** How many jobs it runs at once; may be changed while it runs. */
  readonly concurrency: number
  /** Whether it fetches jobs by itself; if not, somebody does so by hand. */
  isRunning(): boolean
}

/** BullMQ's Redis backend, with RabbitMQ carrying the jobs. State, getters and dashboards stay BullMQ's own (R1);
 *  what is overridden is how a job gets to a worker and what must be known before it leaves one. */
export class RabbitmqQueueBackend extends RedisQueueBackend {
  readonly #options: RabbitmqQueueBackendOptions
  readonly #topology: QueueTopology
  readonly #outbox: Outbox
  readonly #source: JobSource | undefined
  readonly #fence = new Fence()
  readonly #knownClocks = new KnownClocks()
  readonly #letterWriter: LetterWriter
  /** The queue's dead letters (R9). */
  readonly deadLetters: DeadLetters
  readonly #adds = new AddBatch(() => this.#redis(), this.#knownClocks)
  /** The connection that knows our scripts. */
  #known: RedisClient | undefined
  /** Jobs taken over since the last check for stalled ones. */
  readonly #takenOver: string[] = []
  #closed: Promise<void> | undefined

  constructor(
    connection: RedisConnection,
    name: string,
    opts: QueueBaseOptions & { prefix?: string },
    options: RabbitmqQueueBackendOptions,
    blockingConnection?: RedisConnection,
    ownsConnection = true,
  ) {
    const toKey = (type: string) => new QueueKeys(opts.prefix).toKey(name, type)
    super(connection, name, queueKeys(opts.prefix, name), toKey, opts, blockingConnection, ownsConnection)
    this.#options = options
    this.#topology = queueTopology(this.qualifiedName, options.topology)
    const place = {
      broker: options.broker,
      topology: this.#topology,
      keys: this.keys,
      redis: () => this.#redis(),
    }
    this.#outbox = new Outbox(place)
    this.#letterWriter = new LetterWriter({
      ...place,
      lockDurationMs: (opts as WorkerOptions).lockDuration ?? DEFAULT_LOCK_MS,
      extendLock: (jobId, lockToken, durationMs) => this.extendLock(jobId, lockToken, durationMs),
      isPatient: () => this.#source?.isTaking ?? false,
      onError: error => this.emit('error', error),
    })
    this.deadLetters = new DeadLetters({
      ...place,
      retry: (job, { resetAttempts }) => this.#retryDead(job, resetAttempts),
      rebuild: job => this.#rebuild(job),
    })
    if (ownsConnection) options.broker.retain()
    if (options.worker) {
      this.#source = this.#createSource(opts)
      connection.on('ready', () => this.#source?.onRedisReady())
    }
  }

  /** Carried by RabbitMQ under this name. */
  get topology(): QueueTopology {
    return this.#topology
  }

  // --- Lifecycle -----------------------------------------------------------------------------------------------------

  override forQueue(queueName: string, prefix?: string): RabbitmqQueueBackend {
    const opts = { ...this.queue.opts, prefix: prefix ?? this.redisPrefix }
    const options = { ...this.#options, worker: undefined }
    return new RabbitmqQueueBackend(this.connection, queueName, opts, options, undefined, false)
  }

  override async waitUntilReady(): Promise<void> {
    await super.waitUntilReady()
    await this.#redis()
  }

  override close(force = false): Promise<void> {
    if (!this.ownsConnection) return Promise.resolve()
    this.#closed ??= this.#close(force)
    return this.#closed
  }

  /** Ends what the worker waits for: it takes no further jobs, and what it has not started goes back to the broker. */
  override async disconnectBlocking(): Promise<void> {
    await this.#source?.pause()
  }

  override async reconnectBlocking(): Promise<void> {
    await super.reconnectBlocking()
    this.#source?.resume()
  }

  // --- Adding --------------------------------------------------------------------------------------------------------

  override async addJob(job: JobJson, jobId: string, parentKeyOpts: ParentKeyOpts = {}): Promise<string> {
    await this.#redis()
    const added = parseAdded(await super.addJob(job, jobId, parentKeyOpts))
    await this.#outbox.publishAdded(added, job)
    return added.id
  }

  override async addJobs(entries: AddEntry[]): Promise<string[]> {
    const client = await this.#redis()
    if (entries.every(isStandard)) return allConfirmed(entries.map(entry => this.#addStandard(client, entry)))
    // One after the other, so that their ids are in order.
    const added = (await super.addJobs(entries)).map(reply => parseAdded(resultInTransaction(reply)))
    await allConfirmed(entries.map(({ job }, i) => this.#outbox.publishAdded(added[i] as Added, job)))
    return added.map(({ id }) => id)
  }

  async #addStandard(client: RedisClient, { job, jobId, parentKeyOpts }: AddEntry): Promise<string> {
    const added = parseAdded(await this.addJobToTransaction(client, job, jobId, parentKeyOpts))
    await this.#outbox.publishAdded(added, job)
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
      client === this.#known ? this.#adds.add(standard) : runAdd(client, [standard], this.#knownClocks)
    return reply as Promise<string | number>
  }

  override async addFlow(entries: FlowEntry[]): Promise<[Error | null, string | number][]> {
    await this.#redis()
    const results = await super.addFlow(entries)
    const confirms = results.map(async ([error, reply], i): Promise<[Error | null, string | number]> => {
      const entry = entries[i] as FlowEntry
      if (error) return [error, reply]
      const result = resultInTransaction(reply)
      if (!Array.isArray(result)) return [null, result as string | number]
      const added = parseAdded(result)
      await this.forQueue(entry.queueName, entry.prefix).#outbox.publishAdded(added, entry.jobData)
      return [null, added.id]
    })
    return allConfirmed(confirms)
  }

  // --- Fetching ------------------------------------------------------------------------------------------------------

  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override async moveToActive(token: string, name?: string): Promise<any[]> {
    const source = this.#source
    if (!source) return super.moveToActive(token, name)
    await source.open()
    const next = await this.#next(source, token)
    if (next) return next
    // An empty answer makes the worker say "drained": it must be true.
    if (!source.waiting && (await this.#countWaiting()) === 0) return []
    // While it waits here, the worker does not look after its other jobs.
    return (await this.#next(source, token, source.runningCount > 0 ? SHORT_PATIENCE_MS : PATIENCE_MS)) ?? []
  }

  override async waitForJob(blockTimeout: number): Promise<{ member: string; score: number } | null> {
    if (!this.#source) return super.waitForJob(blockTimeout)
    await this.#source.open()
    const wakeup = await this.#source.wait(blockTimeout * 1000)
    if (wakeup === 'timeout') return null
    // Never due: a closing or paused worker must not ask for a job.
    return { member: '0', score: wakeup === 'interrupted' ? Number.POSITIVE_INFINITY : 0 }
  }

  // --- Leaving active ------------------------------------------------------------------------------------------------

  override async moveToCompleted<T, R, N extends string>(
    job: MinimalJob<T, R, N>,
    returnValue: R,
    removeOnComplete: boolean | number | KeepJobs,
    token: string,
    fetchNext: boolean,
  ): Promise<Finished> {
    return this.#endAndFetch(job.id, { token, fetchNext }, () =>
      super.moveToCompleted(job, returnValue, removeOnComplete, token, false),
    )
  }

  override async moveToFailed<T, R, N extends string>(
    job: MinimalJob<T, R, N>,
    failedReason: string,
    removeOnFail: boolean | number | KeepJobs,
    token: string,
    fetchNext: boolean,
    fieldsToUpdate?: Record<string, unknown>,
  ): Promise<Finished> {
    // Before the next job starts: an outage of the broker is waited out in it.
    const stacktrace = fieldsToUpdate?.stacktrace as string | undefined
    await this.#writeLetter({ jobId: String(job.id), token, reason: failedReason, stacktrace })
    return this.#endAndFetch(job.id, { token, fetchNext }, () =>
      super.moveToFailed(job, failedReason, removeOnFail, token, false, fieldsToUpdate),
    )
  }

  override async moveToDelayed(
    jobId: string,
    timestamp: number,
    delay: number,
    token = '0',
    opts: MoveToDelayedOpts = {},
  ): Promise<Fetched> {
    const { fetchNext = false, ...rest } = opts
    const result = await this.#leave(jobId, token, () =>
      super.moveToDelayed(jobId, timestamp, delay, token, rest),
    )
    return fetchNext ? this.#nextAfterLeaving(token) : (result as Fetched)
  }

  override moveToWaitingChildren(
    jobId: string,
    token: string,
    opts?: MoveToWaitingChildrenOpts,
  ): Promise<boolean> {
    return this.#leave(
      jobId,
      token,
      () => super.moveToWaitingChildren(jobId, token, opts),
      // Without pending children the job goes on running.
      moved => moved,
    )
  }

  override retryJob(jobId: string, lifo: boolean, token = '0', opts: RetryJobOpts = {}): Promise<void> {
    return this.#leave(jobId, token, async () => {
      await super.retryJob(jobId, lifo, token, opts)
      await this.#outbox.publishWaiting([jobId])
    })
  }

  override moveJobFromActiveToWait(jobId: string, token = '0'): Promise<number> {
    return this.#leave(jobId, token, async () => {
      const rateLimitMs = await super.moveJobFromActiveToWait(jobId, token)
      await this.#outbox.publishWaiting([jobId])
      return rateLimitMs
    })
  }

  override async moveStalledJobsToWait(): Promise<string[]> {
    await this.#redis()
    const stalled = await super.moveStalledJobsToWait()
    if (stalled.length > 0) this.#source?.wakePump()
    // One that runs here has lost its lock: its delivery only holds a slot now.
    for (const id of stalled) await this.#source?.leave(id, () => Promise.resolve())
    // The worker says "stalled" of the jobs that it gets from here.
    return [...stalled, ...this.#takenOver.splice(0)]
  }

  override async extendLocks(jobIds: string[], tokens: string[], duration: number): Promise<string[]> {
    const lost = await super.extendLocks(jobIds, tokens, duration)
    for (const id of lost) this.#source?.disown(id)
    return lost
  }

  // --- Reordering ----------------------------------------------------------------------------------------------------

  override async changePriority(jobId: string, priority = 0, lifo = false): Promise<void> {
    await this.#redis()
    await super.changePriority(jobId, priority, lifo)
    await this.#outbox.publishWaiting([jobId])
  }

  // --- Removing ------------------------------------------------------------------------------------------------------

  /** Destroys the queue: in Redis as BullMQ does, and its queues and messages in RabbitMQ, dead letters included. */
  override async obliterate(opts: { force: boolean; count: number }): Promise<number> {
    const cursor = await super.obliterate(opts)
    if (cursor === 0) {
      await this.#options.broker.remove(this.#topology)
      // After the messages: to a worker that holds one, a queue without a clock is one that Redis has lost (R7).
      this.#knownClocks.forget(keyOf(this.keys, 'clock'))
      const ownKeys = ['clock', 'recorded', 'owners', 'moved-on'].map(name => keyOf(this.keys, name))
      await (await this.#redis()).del(...ownKeys)
    }
    return cursor
  }

  // --- Scripts -------------------------------------------------------------------------------------------------------

  /** Every script of BullMQ runs through here: those that touch a stamp are exchanged for ours, which call them. */
  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override execCommand(client: RedisClient | IRedisTransaction, name: string, args: any[]): any {
    if (name === 'changePriority') return runChangePriority(client, args)
    if (name === 'moveStalledJobsToWait') return runStalledCheck(client, args)
    if (name === 'moveToFinished' && this.#source) return this.#source.end(args)
    if (isLeavingStep(name)) return this.#execLeaving(client, name, args)
    // A run of this worker's may report only while the job is its own (R8); others may say what they like.
    const token = isFencedStep(name) ? this.#fence.tokenOf(args[0].slice(this.toKey('').length)) : undefined
    if (isFencedStep(name) && token !== undefined) return runFenced(client, name, args, token)
    if (isObservedStep(name)) return runObservedStep(client, name, args, this.#knownClocks)
    return super.execCommand(client, name, args)
  }

  async #execLeaving(
    client: RedisClient | IRedisTransaction,
    step: LeavingStep,
    args: unknown[],
  ): Promise<unknown> {
    const { result, ...queue } = await runLeavingStep(client, step, args, this.keys)
    this.#source?.noteQueue(queue)
    return result
  }

  // --- Inside --------------------------------------------------------------------------------------------------------

  #createSource(opts: WorkerOptions): JobSource {
    return new JobSource({
      broker: this.#options.broker,
      topology: this.#topology,
      keys: this.keys,
      workerOptions: opts,
      // While a worker is being made it does not know its own concurrency.
      concurrency: () => this.#options.worker?.concurrency ?? opts.concurrency ?? 1,
      redis: () => this.#redis(),
      waitForMarker: async timeoutMs => {
        await super.waitForJob(timeoutMs / 1000)
      },
      publish: jobs => this.#outbox.publish(jobs),
      onTakenOver: id => this.#takenOver.push(id),
      add: (job, id) => this.addJob(job, id),
      onError: error => this.emit('error', error),
    })
  }

  async #writeLetter(failure: FinalFailure): Promise<void> {
    await this.#redis()
    try {
      await this.#letterWriter.write(failure)
    } catch (error) {
      this.#fence.drop(failure.jobId, failure.token)
      throw error
    }
  }

  async #retryDead(job: Pick<MinimalJob, 'id' | 'opts'>, resetAttempts = false): Promise<void> {
    await this.#redis()
    const reset = { resetAttemptsMade: resetAttempts, resetAttemptsStarted: resetAttempts }
    await this.retryFinishedJob(job as MinimalJob, 'failed', reset)
    await this.#outbox.publishWaiting([String(job.id)])
  }

  /** @returns whether the job's id was free. */
  async #rebuild(job: JobJson): Promise<boolean> {
    const { parent: _parent, parentKey, ...orphan } = job
    const parentKeyOpts = { parentKey, parentDependenciesKey: parentKey && `${parentKey}:dependencies` }
    const { isDuplicate } = await reportAdd(() =>
      this.addJob(job, job.id, parentKeyOpts).catch((error: { code?: number }) => {
        if (error.code !== PARENT_GONE) throw error
        return this.addJob(orphan, job.id)
      }),
    )
    return !isDuplicate
  }

  async #close(force: boolean): Promise<void> {
    await this.#source?.close()
    // The marker is waited for with a blocking command. A connection that never was has none, and to disconnect it would wait.
    if (this.blockingConnection?.status === 'ready') await super.disconnectBlocking(true)
    await super.close(force)
    await this.#options.broker.release()
  }

  /** The connection, with our scripts known to it. */
  async #redis(): Promise<RedisClient> {
    const client = await this.client
    defineScripts(client)
    this.#known = client
    return client
  }

  async #leave<T>(
    jobId: string | undefined,
    token: string,
    step: () => Promise<T>,
    left: (result: T) => boolean = () => true,
  ): Promise<T> {
    await this.#redis()
    if (!this.#source || !jobId) return step()
    const result = await this.#source.leave(jobId, step, left)
    if (left(result)) this.#fence.drop(jobId, token)
    return result
  }

  /** The end of a run, also when its outcome is refused: nobody reports for it any more. */
  async #end<T>(jobId: string | undefined, token: string, step: () => Promise<T>): Promise<T> {
    try {
      return await this.#leave(jobId, token, step)
    } finally {
      if (jobId) this.#fence.drop(jobId, token)
    }
  }

  /** Ends a run and starts the next job, in the same round if one is at hand. */
  async #endAndFetch(
    jobId: string | undefined,
    { token, fetchNext }: { token: string; fetchNext: boolean },
    step: () => Promise<{ finishedOn: number; result: unknown }>,
  ): Promise<Finished> {
    const source = fetchNext && !this.closing ? this.#source : undefined
    const atHand = source && this.#next(source, token)
    atHand?.catch(() => undefined)
    let ended: { finishedOn: number; result: unknown }
    try {
      ended = await this.#end(jobId, token, step)
    } catch (error) {
      await this.#returnStarted(atHand, token)
      throw error
    }
    if (!fetchNext) return ended as Finished
    try {
      const result = (await atHand) ?? (await this.#nextAfterLeaving(token))
      return { finishedOn: ended.finishedOn, result }
    } catch (error) {
      // The job has ended all the same. The worker's loop asks again.
      this.emit('error', error as Error)
      return { finishedOn: ended.finishedOn, result: undefined }
    }
  }

  /** The worker will not hear of a job that started beside one that could not end: it goes back to wait. */
  async #returnStarted(started: Promise<NextJob | undefined> | undefined, token: string): Promise<void> {
    const jobId = (await started?.catch(() => undefined))?.[1]
    if (jobId) await this.moveJobFromActiveToWait(jobId, token)
  }

  /** @param withinMs - how long to wait for a delivery, if none is at hand. @default 0 */
  async #next(source: JobSource, token: string, withinMs?: number): Promise<NextJob | undefined> {
    const next = await source.next(token, withinMs)
    const jobId = next?.[1]
    if (jobId) this.#fence.raise(jobId, token)
    return next
  }

  /** The next job after one that left active; empty means "drained", `undefined` lets the worker's loop ask for it. */
  async #nextAfterLeaving(token: string): Promise<Fetched> {
    const source = this.#source
    if (!source || this.closing) return []
    const next = await this.#next(source, token)
    if (next) return next
    if (source.waiting === 0) return []
    if (this.#options.worker?.isRunning()) return this.#next(source, token, SHORT_PATIENCE_MS)
    return (await this.#next(source, token, PATIENCE_MS)) ?? []
  }

  async #countWaiting(): Promise<number> {
    const counts = await this.getCounts(['wait', 'prioritized'])
    return counts.reduce((sum, count) => sum + count, 0)
  }
}

/** A job to start, or BullMQ's empty answer. */
type Fetched = NextJob | unknown[] | undefined

interface Finished {
  result: Fetched
  finishedOn: number
}
