import type { MinimalJob, QueueBaseOptions, RedisConnection } from 'bullmq'
import { DeadLetterTrimmer } from '../dead-letters/dead-letter-trimmer.ts'
import { DeadLetters } from '../dead-letters/dead-letters.ts'
import { keyOf } from '../redis/queue-keys.ts'
import { runScript, scripts } from '../redis/scripts.ts'
import { revivalOf } from './revive-dead-job.ts'
import { DEFAULT_LOCK_MS, WorkingBackend, type WorkingBackendOptions } from './working-backend.ts'

/** BullMQ's Redis backend, with RabbitMQ carrying the jobs. State, getters and dashboards stay BullMQ's own (R1); how a job
 *  gets to the broker is in `AddingBackend`, how it gets to a worker and leaves it in `WorkingBackend`. */
export class RabbitmqQueueBackend extends WorkingBackend {
  readonly #options: WorkingBackendOptions
  /** The queue's dead letters (R9). */
  readonly deadLetters: DeadLetters
  /** Every worker has one. */
  readonly #trimmer: DeadLetterTrimmer | undefined
  #closed: Promise<void> | undefined
  #released: Promise<void> | undefined
  readonly #onBrokerError = (error: Error) => this.emit('error', error)

  constructor(
    connection: RedisConnection,
    name: string,
    opts: QueueBaseOptions & { prefix?: string },
    options: WorkingBackendOptions,
    blockingConnection?: RedisConnection,
    ownsConnection = true,
  ) {
    super(connection, name, opts, options, blockingConnection, ownsConnection)
    this.#options = options
    this.deadLetters = new DeadLetters({
      ...this.place,
      ...revivalOf({
        retryFailed: (job, reset) => this.retryFinishedJob(job as unknown as MinimalJob, 'failed', reset),
        addJob: (job, jobId, parentKeyOpts) => this.addJob(job, jobId, parentKeyOpts),
        publishWaiting: ids => this.outbox.publishWaiting(ids),
      }),
    })
    if (!ownsConnection) return
    options.broker.retain()
    if (options.needsBroker) options.broker.on('error', this.#onBrokerError)
    if (!options.worker) return
    this.#trimmer = new DeadLetterTrimmer({ ...this.place, onWarning: error => this.emit('error', error) })
    this.#trimmer.start()
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
    if (!force) await this.allAdded()
    await this.source?.close()
    await this.#trimmer?.close()
    // The marker is waited for with a blocking command. A connection that never was has none, and to disconnect it would wait.
    if (this.blockingConnection?.status === 'ready') await super.disconnectBlocking(true)
    await super.close(force)
    await this.#release()
  }

  #release(): Promise<void> {
    this.#options.broker.off('error', this.#onBrokerError)
    this.#released ??= this.#options.broker.release()
    return this.#released
  }

  /** As `close`, but for the outcome of running jobs, which can no longer be recorded: another worker gets them. */
  override async disconnect(): Promise<void> {
    if (!this.ownsConnection) return
    await this.source?.close()
    await this.#trimmer?.close()
    try {
      await super.disconnect()
    } finally {
      await this.#release()
    }
  }

  /** Ends what the worker waits for: it takes no further jobs, and what it has not started goes back to the broker. */
  override async disconnectBlocking(): Promise<void> {
    await this.source?.pause()
  }

  override async reconnectBlocking(): Promise<void> {
    await super.reconnectBlocking()
    this.source?.resume()
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
   *  hears of the first trouble with the broker, not of one more. */
  async returnCanceled(id: string, token: string): Promise<void> {
    await this.returnToWait(id, token)
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
}
