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
import { LetterWriter } from '../dead-letters/letter-writer.ts'
import { cancellationError } from '../job/cancellation.ts'
import { isLeavingStep, type LeavingStep, leaveActive } from '../redis/commands/leave-active.ts'
import { moveStalledJobsToWait } from '../redis/commands/move-stalled-jobs.ts'
import { isUpdateStep, updateRunningJob } from '../redis/commands/update-running-job.ts'
import { type Fetched, Fetching, type Finished } from '../worker/fetching.ts'
import { JobSource } from '../worker/job-source.ts'
import { Leaving } from '../worker/leaving.ts'
import { Fence } from '../worker/takeover/fence.ts'
import { AddingBackend } from './adding-backend.ts'
import type { TopologySettings } from './settings.ts'

/** BullMQ's default. */
export const DEFAULT_LOCK_MS = 30_000

export interface WorkingBackendOptions {
  broker: Broker
  topology: TopologySettings
  /** The worker that this backend feeds, if any. */
  worker?: FedWorker
  /** Whether its user is to hear why the broker cannot be reached. */
  needsBroker: boolean
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

/** The worker's half of the backend: how a job gets to a worker (R2), and what must be known before it leaves one (R3). */
export abstract class WorkingBackend extends AddingBackend {
  /** Where the worker's jobs come from; `undefined` without a worker. */
  protected readonly source: JobSource | undefined
  readonly #worker: FedWorker | undefined
  readonly #fetching: Fetching | undefined
  readonly #fence = new Fence()
  readonly #leaving: Leaving
  /** Jobs taken over since the last check for stalled ones, of which nobody was told. */
  readonly #takenOver: string[] = []

  constructor(
    connection: RedisConnection,
    name: string,
    opts: QueueBaseOptions & { prefix?: string },
    options: WorkingBackendOptions,
    blockingConnection?: RedisConnection,
    ownsConnection = true,
  ) {
    super(connection, name, opts, options, blockingConnection, ownsConnection)
    if (options.worker) {
      const source = this.#createSource(options.worker, opts)
      connection.on('ready', () => source.onRedisReady())
      this.#worker = options.worker
      this.source = source
      this.#fetching = this.#createFetching(options.worker, source)
    }
    this.#leaving = new Leaving({
      ready: () => this.redis(),
      fence: this.#fence,
      letterWriter: this.#createLetterWriter(opts),
      source: this.source,
      fetching: this.#fetching,
    })
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
    return this.#leaving.end(job.id, { token, fetchNext }, () =>
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
    await this.#leaving.writeLetter({ jobId: String(job.id), token, reason: failedReason, stacktrace })
    return this.#leaving.end(job.id, { token, fetchNext }, () =>
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
    const result = await this.#leaving.leave(jobId, token, () =>
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
    return this.#leaving.leave(
      jobId,
      token,
      () => super.moveToWaitingChildren(jobId, token, opts),
      // Without pending children the job goes on running.
      moved => (moved ? 'ack' : 'keep'),
    )
  }

  override retryJob(jobId: string, lifo: boolean, token = '0', opts: RetryJobOpts = {}): Promise<void> {
    return this.#putBack(jobId, token, () => super.retryJob(jobId, lifo, token, opts))
  }

  override moveJobFromActiveToWait(jobId: string, token = '0'): Promise<number> {
    return this.#putBack(jobId, token, () => this.returnToWait(jobId, token))
  }

  /** Puts a job back into wait, and publishes it. Of one that Redis has lost just then, the old message is all there is: that
   *  goes back to the broker. */
  #putBack<T>(jobId: string, token: string, step: () => Promise<T>): Promise<T> {
    let isKnown = false
    const putBack = async () => {
      const result = await step()
      const unknown = await this.outbox.publishWaiting([jobId])
      isKnown = unknown.length === 0
      return result
    }
    return this.#leaving.leave(jobId, token, putBack, () => (isKnown ? 'ack' : 'giveBack'))
  }

  /** BullMQ's step alone: a worker's pump publishes the job. */
  protected returnToWait(jobId: string, token: string): Promise<number> {
    return super.moveJobFromActiveToWait(jobId, token)
  }

  override async moveStalledJobsToWait(): Promise<string[]> {
    await this.redis()
    const stalled = await super.moveStalledJobsToWait()
    if (stalled.length > 0) this.source?.wakePump()
    // One that runs here has lost its lock: its delivery only holds a slot now.
    const nothing = () => Promise.resolve()
    for (const id of stalled) await this.source?.leave(id, nothing, () => 'giveBack')
    // The worker says "stalled" of the jobs that it gets from here.
    return [...stalled, ...this.#takenOver.splice(0)]
  }

  override async extendLocks(jobIds: string[], tokens: string[], duration: number): Promise<string[]> {
    const lost = await super.extendLocks(jobIds, tokens, duration)
    for (const id of lost) this.source?.disown(id)
    return lost
  }

  // --- Scripts -------------------------------------------------------------------------------------------------------

  // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own type.
  override execCommand(client: RedisClient | IRedisTransaction, name: string, args: any[]): any {
    if (name === 'moveStalledJobsToWait') return moveStalledJobsToWait(client, args)
    if (name === 'moveToFinished' && this.source) return this.source.end(args)
    if (isLeavingStep(name)) return this.#execLeaving(client, name, args)
    // A run of this worker's may report only while the job is its own (R8); others may say what they like.
    const token = isUpdateStep(name) ? this.#fence.tokenOf(args[0].slice(this.toKey('').length)) : undefined
    if (isUpdateStep(name) && token !== undefined) return updateRunningJob(client, name, args, token)
    return super.execCommand(client, name, args)
  }

  async #execLeaving(
    client: RedisClient | IRedisTransaction,
    step: LeavingStep,
    args: unknown[],
  ): Promise<unknown> {
    const { result, state } = await leaveActive(client, this.keys, step, args)
    this.source?.noteQueue(state)
    return result
  }

  // --- Inside --------------------------------------------------------------------------------------------------------

  #createSource(worker: FedWorker, opts: WorkerOptions): JobSource {
    return new JobSource({
      ...this.place,
      workerOptions: opts,
      // While a worker is being made it does not know its own concurrency.
      concurrency: () => worker.concurrency ?? opts.concurrency ?? 1,
      waitForMarker: async timeoutMs => {
        await super.waitForJob(timeoutMs / 1000)
      },
      publish: jobs => this.outbox.publish(jobs),
      onTakenOver: id => this.#sayStalled(id),
      onCanceled: (id, failure) => worker.cancelJob(id, cancellationError(failure)),
      add: (job, id) => this.addJob(job, id),
      onError: error => this.emit('error', error),
    })
  }

  #createFetching(worker: FedWorker, source: JobSource): Fetching {
    return new Fetching({
      source,
      fence: this.#fence,
      isClosing: () => this.closing !== undefined,
      isWorkerRunning: () => worker.isRunning(),
      countWaiting: () => this.#countWaiting(),
      returnToWait: (jobId, token) => this.moveJobFromActiveToWait(jobId, token),
      onError: error => this.emit('error', error),
    })
  }

  #createLetterWriter({ lockDuration = DEFAULT_LOCK_MS }: Partial<WorkerOptions>): LetterWriter {
    return new LetterWriter({
      ...this.place,
      lockDurationMs: lockDuration,
      extendLock: (jobId, lockToken, durationMs) => this.extendLock(jobId, lockToken, durationMs),
      isPatient: () => this.source?.isTaking ?? false,
      onError: error => this.emit('error', error),
    })
  }

  #sayStalled(jobId: string): void {
    if (this.#worker?.sayStalled) this.#worker.sayStalled(jobId)
    else this.#takenOver.push(jobId)
  }

  /** With the delayed jobs that are due: whoever asks for a job in BullMQ promotes those, here the pump is about to. */
  async #countWaiting(): Promise<number> {
    const counts = await this.getCounts(['wait', 'prioritized', 'delayed'], Date.now() + 1)
    return counts.reduce((sum, count) => sum + count, 0)
  }
}
