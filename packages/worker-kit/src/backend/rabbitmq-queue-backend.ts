import type {
  IRedisTransaction,
  KeepJobs,
  MinimalJob,
  MoveToDelayedOpts,
  MoveToWaitingChildrenOpts,
  QueueBaseOptions,
  RedisClient,
  RedisConnection,
  RetryJobOpts,
  WorkerOptions,
} from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { cancellationError } from '../cancel/cancellation.ts'
import { DeadLetters } from '../dead-letters/dead-letters.ts'
import { type FinalFailure, LetterWriter } from '../dead-letters/letter-writer.ts'
import { AddingBackend } from './adding-backend.ts'
import { runFenced, runLeavingStep, runStalledCheck } from './exchanged-scripts.ts'
import { type Fetched, Fetching, type Finished } from './fetching.ts'
import { JobSource } from './job-source.ts'
import { keyOf } from './queue-keys.ts'
import { revivalOf } from './revive-dead-job.ts'
import { isFencedStep, isLeavingStep, type LeavingStep, runScript, scripts } from './scripts.ts'
import type { TopologySettings } from './settings.ts'
import { Fence } from './takeover/fence.ts'

/** BullMQ's default. */
const DEFAULT_LOCK_MS = 30_000

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
  /** Aborts the signal of a job that it runs. */
  cancelJob(id: string, reason: Error): unknown
  /** Absent of a worker that is known by its options only: that one says it at its next check. */
  sayStalled?(jobId: string): unknown
}

/** BullMQ's Redis backend, with RabbitMQ carrying the jobs. State, getters and dashboards stay BullMQ's own (R1);
 *  what is overridden is how a job gets to a worker and what must be known before it leaves one. */
export class RabbitmqQueueBackend extends AddingBackend {
  readonly #options: RabbitmqQueueBackendOptions
  readonly #source: JobSource | undefined
  readonly #fetching: Fetching | undefined
  readonly #fence = new Fence()
  readonly #letterWriter: LetterWriter
  /** The queue's dead letters (R9). */
  readonly deadLetters: DeadLetters
  /** Jobs taken over since the last check for stalled ones, of which nobody was told. */
  readonly #takenOver: string[] = []
  #closed: Promise<void> | undefined
  #released: Promise<void> | undefined

  constructor(
    connection: RedisConnection,
    name: string,
    opts: QueueBaseOptions & { prefix?: string },
    options: RabbitmqQueueBackendOptions,
    blockingConnection?: RedisConnection,
    ownsConnection = true,
  ) {
    super(connection, name, opts, options, blockingConnection, ownsConnection)
    this.#options = options
    this.#letterWriter = new LetterWriter({
      ...this.place,
      lockDurationMs: (opts as WorkerOptions).lockDuration ?? DEFAULT_LOCK_MS,
      extendLock: (jobId, lockToken, durationMs) => this.extendLock(jobId, lockToken, durationMs),
      isPatient: () => this.#source?.isTaking ?? false,
      onError: error => this.emit('error', error),
    })
    this.deadLetters = new DeadLetters({
      ...this.place,
      ...revivalOf({
        retryFailed: (job, reset) => this.retryFinishedJob(job as unknown as MinimalJob, 'failed', reset),
        addJob: (job, jobId, parentKeyOpts) => this.addJob(job, jobId, parentKeyOpts),
        publishWaiting: ids => this.outbox.publishWaiting(ids),
      }),
    })
    if (ownsConnection) options.broker.retain()
    if (!options.worker) return
    const source = this.#createSource(opts)
    this.#source = source
    this.#fetching = new Fetching({
      source,
      fence: this.#fence,
      isClosing: () => this.closing !== undefined,
      isWorkerRunning: () => this.#options.worker?.isRunning() ?? false,
      countWaiting: () => this.#countWaiting(),
      returnToWait: (jobId, token) => this.moveJobFromActiveToWait(jobId, token),
      onError: error => this.emit('error', error),
    })
    connection.on('ready', () => source.onRedisReady())
  }

  // --- Lifecycle -----------------------------------------------------------------------------------------------------

  override forQueue(queueName: string, prefix?: string): RabbitmqQueueBackend {
    const opts = { ...this.queue.opts, prefix: prefix ?? this.redisPrefix }
    const options = { ...this.#options, worker: undefined }
    return new RabbitmqQueueBackend(this.connection, queueName, opts, options, undefined, false)
  }

  override close(force = false): Promise<void> {
    if (!this.ownsConnection) return Promise.resolve()
    this.#closed ??= this.#close(force)
    return this.#closed
  }

  async #close(force: boolean): Promise<void> {
    await this.#source?.close()
    // The marker is waited for with a blocking command. A connection that never was has none, and to disconnect it would wait.
    if (this.blockingConnection?.status === 'ready') await super.disconnectBlocking(true)
    await super.close(force)
    await this.#release()
  }

  #release(): Promise<void> {
    this.#released ??= this.#options.broker.release()
    return this.#released
  }

  /** As `close`, but for the outcome of running jobs, which can no longer be recorded: another worker gets them. */
  override async disconnect(): Promise<void> {
    if (!this.ownsConnection) return
    await this.#source?.close()
    try {
      await super.disconnect()
    } finally {
      await this.#release()
    }
  }

  /** Ends what the worker waits for: it takes no further jobs, and what it has not started goes back to the broker. */
  override async disconnectBlocking(): Promise<void> {
    await this.#source?.pause()
  }

  override async reconnectBlocking(): Promise<void> {
    await super.reconnectBlocking()
    this.#source?.resume()
  }

  // --- Fetching ------------------------------------------------------------------------------------------------------

  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override async moveToActive(token: string, name?: string): Promise<any[]> {
    if (!this.#fetching) return super.moveToActive(token, name)
    return (await this.#fetching.next(token)) ?? []
  }

  override async waitForJob(blockTimeout: number): Promise<{ member: string; score: number } | null> {
    if (!this.#fetching) return super.waitForJob(blockTimeout)
    return this.#fetching.waitForJob(blockTimeout * 1000)
  }

  // --- Leaving active ------------------------------------------------------------------------------------------------

  override moveToCompleted<T, R, N extends string>(
    job: MinimalJob<T, R, N>,
    returnValue: R,
    removeOnComplete: boolean | number | KeepJobs,
    token: string,
    fetchNext: boolean,
  ): Promise<Finished> {
    return this.#end(job.id, { token, fetchNext }, () =>
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
    return this.#end(job.id, { token, fetchNext }, () =>
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
    if (!fetchNext) return result as Fetched
    return this.#fetching ? this.#fetching.afterLeaving(token) : []
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
      await this.outbox.publishWaiting([jobId])
    })
  }

  override moveJobFromActiveToWait(jobId: string, token = '0'): Promise<number> {
    return this.#leave(jobId, token, async () => {
      const rateLimitMs = await super.moveJobFromActiveToWait(jobId, token)
      await this.outbox.publishWaiting([jobId])
      return rateLimitMs
    })
  }

  override async moveStalledJobsToWait(): Promise<string[]> {
    await this.redis()
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

  // --- Canceling -----------------------------------------------------------------------------------------------------

  /** Notes that a job is to fail; one that waits is then active, locked by the caller, who has to fail it. */
  async cancel(
    id: string,
    failure: string,
    token: string,
  ): Promise<'unknown' | 'finished' | 'taken' | 'active' | 'later'> {
    const jobKey = this.toKey(id)
    const keys = ['wait', 'prioritized', 'delayed', 'active', 'completed', 'failed', 'waiting-children']
    const reply = await runScript(
      await this.redis(),
      scripts.cancel,
      [jobKey, `${jobKey}:lock`, ...keys.map(name => keyOf(this.keys, name))],
      [id, failure, token, DEFAULT_LOCK_MS, this.cancelChannel],
    )
    return reply as 'unknown' | 'finished' | 'taken' | 'active' | 'later'
  }

  /** Puts a job that `cancel` took, and that could not be failed, back into wait: its next start fails it. Whoever took it
   *  hears of the first trouble with the broker, not of one more: a worker's pump publishes the job. */
  async returnCanceled(id: string, token: string): Promise<void> {
    await super.moveJobFromActiveToWait(id, token)
  }

  /** Where Redis tells of running jobs that are canceled: `{ id, failure }` as JSON. */
  get cancelChannel(): string {
    return keyOf(this.keys, 'canceled')
  }

  // --- Removing ------------------------------------------------------------------------------------------------------

  /** Destroys the queue: in Redis as BullMQ does, and its queues and messages in RabbitMQ, dead letters included. */
  override async obliterate(opts: { force: boolean; count: number }): Promise<number> {
    const cursor = await super.obliterate(opts)
    if (cursor === 0) {
      await this.#options.broker.remove(this.topology)
      // After the messages: to a worker that holds one, a queue without a clock is one that Redis has lost (R7).
      this.knownClocks.forget(keyOf(this.keys, 'clock'))
      const ownKeys = ['clock', 'recorded', 'owners', 'moved-on'].map(name => keyOf(this.keys, name))
      await (await this.redis()).del(...ownKeys)
    }
    return cursor
  }

  // --- Scripts -------------------------------------------------------------------------------------------------------

  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override execCommand(client: RedisClient | IRedisTransaction, name: string, args: any[]): any {
    if (name === 'moveStalledJobsToWait') return runStalledCheck(client, args)
    if (name === 'moveToFinished' && this.#source) return this.#source.end(args)
    if (isLeavingStep(name)) return this.#execLeaving(client, name, args)
    // A run of this worker's may report only while the job is its own (R8); others may say what they like.
    const token = isFencedStep(name) ? this.#fence.tokenOf(args[0].slice(this.toKey('').length)) : undefined
    if (isFencedStep(name) && token !== undefined) return runFenced(client, name, args, token)
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
      ...this.place,
      workerOptions: opts,
      // While a worker is being made it does not know its own concurrency.
      concurrency: () => this.#options.worker?.concurrency ?? opts.concurrency ?? 1,
      waitForMarker: async timeoutMs => {
        await super.waitForJob(timeoutMs / 1000)
      },
      publish: jobs => this.outbox.publish(jobs),
      onTakenOver: id => this.#sayStalled(id),
      onCanceled: (id, failure) => this.#options.worker?.cancelJob(id, cancellationError(failure)),
      add: (job, id) => this.addJob(job, id),
      onError: error => this.emit('error', error),
    })
  }

  #sayStalled(jobId: string): void {
    const { worker } = this.#options
    if (worker?.sayStalled) worker.sayStalled(jobId)
    else this.#takenOver.push(jobId)
  }

  async #writeLetter(failure: FinalFailure): Promise<void> {
    await this.redis()
    try {
      await this.#letterWriter.write(failure)
    } catch (error) {
      this.#fence.drop(failure.jobId, failure.token)
      throw error
    }
  }

  async #leave<T>(
    jobId: string | undefined,
    token: string,
    step: () => Promise<T>,
    left: (result: T) => boolean = () => true,
  ): Promise<T> {
    await this.redis()
    if (!this.#source || !jobId) return step()
    const result = await this.#source.leave(jobId, step, left)
    if (left(result)) this.#fence.drop(jobId, token)
    return result
  }

  /** The end of a run, also when its outcome is refused: nobody reports for it any more. */
  async #end(
    jobId: string | undefined,
    { token, fetchNext }: { token: string; fetchNext: boolean },
    step: () => Promise<{ finishedOn: number; result: unknown }>,
  ): Promise<Finished> {
    const end = async () => {
      try {
        return await this.#leave(jobId, token, step)
      } finally {
        if (jobId) this.#fence.drop(jobId, token)
      }
    }
    if (!fetchNext) return (await end()) as Finished
    if (this.#fetching) return this.#fetching.besideEnd(token, end)
    return { finishedOn: (await end()).finishedOn, result: [] }
  }

  async #countWaiting(): Promise<number> {
    const counts = await this.getCounts(['wait', 'prioritized'])
    return counts.reduce((sum, count) => sum + count, 0)
  }
}
