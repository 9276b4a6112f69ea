import type { BackendFactory, Telemetry } from 'bullmq'
import { Redis } from 'ioredis'
import type { Broker, Purpose } from '../amqp/broker.ts'
import { deadLettersOf } from '../backend/backend-of.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { CancelSignals } from '../cancel/cancel-signals.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { type DeadJobNotice, DeadLetterSubscription } from '../dead-letters/subscription.ts'
import { WorkerKitError } from '../errors.ts'
import type { JobDefinition } from '../job/define-job.ts'
import type { Logger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { JobEventListener } from './job-events.ts'
import { type QueueStats, queueStats } from './queue-stats.ts'
import type { JobHandler } from './run-handler.ts'
import { type TypedQueue, typedQueue } from './typed-queue.ts'
import { type TypedWorker, typedWorker, type WorkOptions } from './typed-worker.ts'
import { untilSignal } from './until-signal.ts'

const DEFAULT_CLOSE_TIMEOUT_MS = 30_000
const CHECK_TIMEOUT_MS = 3_000

/** How long queues may take to close, in milliseconds: their jobs wait for the broker's confirms meanwhile. */
const CLOSE_LIMIT_MS = 5_000

/** Wait before the next attempt to reach Redis, in milliseconds. The first are soon: a worker that lost both servers for
 *  a moment is to be back before others take it for dead (R8). */
export function redisRetryMs(attempt: number): number {
  return Math.min(10 * 2 ** (attempt - 1), 2_000)
}

interface KitDeps {
  broker: Broker
  /** For queues: gives up soon, so that a caller hears of an outage. */
  redis: Redis
  redisUrl: string
  prefix: string | undefined
  factory: BackendFactory<RabbitmqQueueBackend>
  logger: Logger
  telemetry: Telemetry | undefined
}

export interface Traffic {
  readonly confirmed: number
  readonly unconfirmed: number
  readonly reconnects: Readonly<Record<Purpose, number>>
}

/** A process's connections, and the queues and workers that share them. Made by `connect`. */
export class Kit {
  readonly #deps: KitDeps
  readonly #queues = new Map<string, TypedQueue<unknown>>()
  /** Of the workers. */
  readonly #definitions = new Map<string, JobDefinition>()
  readonly #workers: TypedWorker[] = []
  readonly #listeners: JobEventListener[] = []
  readonly #subscriptions: DeadLetterSubscription[] = []
  #cancelSignals: CancelSignals | undefined
  #closed: Promise<void> | undefined

  constructor(deps: KitDeps) {
    this.#deps = deps
    deps.broker.retain()
  }

  /** The queue of a job type; the same object at every call. */
  queue<Input, Output, Result>(definition: JobDefinition<Input, Output, Result>): TypedQueue<Input, Result> {
    this.#refuseIfClosed()
    const known = this.#queues.get(definition.name)
    if (known) return known as TypedQueue<Input, Result>
    const { redis, prefix, factory, logger, telemetry } = this.#deps
    const queue = typedQueue(definition, {
      connection: redis,
      ...{ prefix, factory, logger, telemetry },
      tell: this.#tell,
    })
    this.#queues.set(definition.name, queue as TypedQueue<unknown>)
    return queue
  }

  /** The jobs of a type that failed for good, and the messages on its queue that were no jobs. */
  deadLetters(definition: Pick<JobDefinition, 'name'>): DeadLetters {
    return deadLettersOf(this.queue(definition as JobDefinition).bull)
  }

  /** Is told of every job of a type that fails for good, at least once. The broker keeps what is to be told in a durable
   *  queue from the first call with this name on, also while nobody listens; processes that use the same name share
   *  it. A listener that rejects is called again, after 0.1 to 5 seconds, until it resolves.
   *  @returns once the broker keeps letters for this subscription. */
  async onDeadLetter(
    definition: Pick<JobDefinition, 'name'>,
    subscription: string,
    listener: (letter: DeadJobNotice) => Promise<unknown>,
  ): Promise<void> {
    const { topology } = this.queue(definition as JobDefinition).bull.getBackend() as RabbitmqQueueBackend
    const { broker, logger } = this.#deps
    const onError = (err: Error) =>
      logger.warn({ queue: definition.name, subscription, err }, 'dead letter not dealt with')
    const options = { broker, topology, name: subscription, onLetter: listener, onError }
    const subscribed = new DeadLetterSubscription(options)
    this.#subscriptions.push(subscribed)
    await subscribed.open()
  }

  /** Starts a worker for a job type. */
  work<Input, Output, Result>(
    definition: JobDefinition<Input, Output, Result>,
    handler: JobHandler<Output, Result>,
    options: WorkOptions = {},
  ): TypedWorker {
    this.#refuseIfClosed()
    const { redisUrl, prefix, factory, logger, telemetry } = this.#deps
    let givenUp = false
    const connection = {
      url: redisUrl,
      // A worker waits an outage of Redis out, however long it takes.
      maxRetriesPerRequest: null,
      retryStrategy: (attempt: number) => (givenUp ? null : redisRetryMs(attempt)),
    }
    const giveUp = () => {
      givenUp = true
    }
    const worker = typedWorker(definition, handler, options, {
      ...{ connection, prefix, factory, logger, telemetry, giveUp },
      tell: this.#tell,
    })
    this.#definitions.set(definition.name, definition as JobDefinition)
    this.#workers.push(worker)
    this.#cancelSignals ??= this.#openCancelSignals()
    this.#cancelSignals.listen(worker.cancelChannel, worker.cancel)
    return worker
  }

  /** Is told of what happens to jobs in this process: attempts that its workers start and end, jobs that it cancels. */
  onJob(listener: JobEventListener): void {
    this.#listeners.push(listener)
  }

  /** Names of the queues that this kit adds to or works on. */
  get queueNames(): string[] {
    return [...new Set([...this.#queues.keys(), ...this.#definitions.keys()])]
  }

  /** Asks Redis and the broker how full those queues are. */
  async queueStats(): Promise<QueueStats[]> {
    for (const definition of this.#definitions.values()) this.queue(definition)
    return Promise.all([...this.#queues.values()].map(queue => queueStats(queue, this.#deps.broker)))
  }

  /** Since this kit was made: messages that the broker confirmed, or did not, and connections to it that came back. */
  get traffic(): Traffic {
    const { publisher, reconnects } = this.#deps.broker
    return { ...publisher.counts, reconnects }
  }

  /** Resolves when Redis and the broker answer; rejects after 3 seconds, or with their error. */
  async check(): Promise<void> {
    const { redis, broker } = this.#deps
    await withTimeLimit(Promise.all([redis.ping(), broker.check()]), CHECK_TIMEOUT_MS, () => {
      throw new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)
    })
  }

  /** Runs until SIGTERM or SIGINT, then closes; a second signal aborts the running jobs at once. */
  async run(): Promise<void> {
    await untilSignal(() => void this.#closeAll(0))
    await this.close()
  }

  /** Takes no further jobs, waits for those that run, and closes the connections. Safe to call twice.
   *  @param options.timeoutMs - after it running jobs are aborted and given back to the queue. @default 30_000 */
  close({ timeoutMs = DEFAULT_CLOSE_TIMEOUT_MS }: { timeoutMs?: number } = {}): Promise<void> {
    this.#closed ??= this.#closeAll(timeoutMs)
    return this.#closed
  }

  async #closeAll(timeoutMs: number): Promise<void> {
    await Promise.all([
      ...this.#workers.map(worker => worker.close({ timeoutMs })),
      ...this.#subscriptions.map(subscription => this.#within(timeoutMs, 'a listener', subscription.close())),
    ])
    this.#cancelSignals?.close()
    const queues = [...this.#queues.values()].map(queue => queue.bull.close())
    await this.#within(CLOSE_LIMIT_MS, 'queues', Promise.all(queues))
    this.#deps.redis.disconnect()
    await this.#deps.broker.release()
  }

  /** Waits for a part to close, but not for longer than a time. A part that fails to close does not keep the others open. */
  async #within(limitMs: number, what: string, closing: Promise<unknown>): Promise<void> {
    const { logger } = this.#deps
    const closed = closing.catch(err => logger.warn({ err }, `${what} failed to close`))
    await withTimeLimit(closed, limitMs, () =>
      logger.warn({ limitMs }, `gave up waiting for ${what} to close`),
    )
  }

  readonly #tell: JobEventListener = event => {
    for (const listener of this.#listeners) listener(event)
  }

  #openCancelSignals(): CancelSignals {
    const { redisUrl, logger } = this.#deps
    const subscriber = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: redisRetryMs })
    return new CancelSignals(subscriber, err => logger.warn({ err }, 'cancel signals: redis error'))
  }

  #refuseIfClosed(): void {
    if (this.#closed)
      throw new WorkerKitError('ERR_CLOSED', 'This kit is closed: call connect() for a new one')
  }
}
