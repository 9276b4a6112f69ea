import type { BackendFactory, Telemetry } from 'bullmq'
import type { Broker, Purpose } from '../amqp/broker.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { CancelSignals } from '../cancel/cancel-signals.ts'
import { refuseFaults } from '../check-options.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { type DeadJobNotice, DeadLetterSubscription } from '../dead-letters/subscription.ts'
import { WorkerKitError } from '../errors.ts'
import { definitionFaults, type JobDefinition, nameFaults } from '../job/define-job.ts'
import type { Logger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import {
  closeTimeoutMs,
  refuseInvalidFeed,
  refuseInvalidSubscription,
  refuseInvalidWork,
} from './call-options.ts'
import { type EventFeed, type EventFeedOptions, openEventFeed } from './event-feed.ts'
import { type AddedFlow, type FlowNode, Flows } from './flows.ts'
import type { JobEventListener } from './job-events.ts'
import { KitQueues } from './kit-queues.ts'
import { onSignals } from './on-signals.ts'
import { type BrokerStats, brokerStats, type QueueStats, queueStats } from './queue-stats.ts'
import type { RedisConnections } from './redis-connections.ts'
import type { JobHandler } from './run-handler.ts'
import type { BackedQueue, TypedQueue } from './typed-queue.ts'
import { type TypedWorker, typedWorker, type WorkOptions } from './typed-worker.ts'

const CHECK_TIMEOUT_MS = 3_000

/** How long queues may take to close, in milliseconds: their jobs wait for the broker's confirms meanwhile. */
const CLOSE_LIMIT_MS = 5_000

interface KitDeps {
  broker: Broker
  redis: RedisConnections
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

/** The connections of a process, with the queues and workers that share them. Made by `connect`. */
export class Kit {
  readonly #deps: KitDeps
  readonly #queues: KitQueues
  /** Names of the queues that this kit works on. */
  readonly #workedOn = new Set<string>()
  readonly #workers = new Set<TypedWorker>()
  readonly #listeners: JobEventListener[] = []
  readonly #feeds = new Set<EventFeed>()
  readonly #subscriptions: DeadLetterSubscription[] = []
  #cancelSignals: CancelSignals | undefined
  #flows: Flows | undefined
  #closed: Promise<void> | undefined
  readonly #closing = Promise.withResolvers<void>()

  constructor(deps: KitDeps) {
    this.#deps = deps
    const { redis, prefix, factory, logger, telemetry } = deps
    this.#queues = new KitQueues({
      connection: redis.queues,
      ...{ prefix, factory, logger, telemetry },
      tell: this.#tell,
    })
    deps.broker.retain()
  }

  /** The queue of a job type: the same object at every call with the same definition.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION`, `ERR_CLOSED` */
  queue<Input, Output, Result>(definition: JobDefinition<Input, Output, Result>): TypedQueue<Input, Result> {
    this.#refuseIfClosed()
    refuseFaults('queue', definitionFaults(definition))
    this.#refuseSpreadKeys(definition.name)
    return this.#queues.of(definition)
  }

  /** Adds a flow: a job that starts when its children have completed, which may be jobs of other types. Each job gets the
   *  options of its definition. All are recorded together, or none.
   *  @throws {WorkerKitError} as `TypedQueue.add` */
  async flow(node: FlowNode): Promise<AddedFlow> {
    this.#refuseIfClosed()
    const { redis, ...shared } = this.#deps
    this.#flows ??= new Flows({
      ...shared,
      connection: redis.queues,
      queue: definition => this.queue(definition),
    })
    return this.#flows.add(node)
  }

  /** The jobs of a type that failed for good, and the messages on its queue that were no jobs. */
  deadLetters(definition: Pick<JobDefinition, 'name'>): DeadLetters {
    return this.#named('deadLetters', definition).getBackend().deadLetters
  }

  /** Calls a listener for every job of a type that fails for good, at least once. From the first call with a name on, the
   *  broker keeps dead letters for that name in a durable queue, also while nobody listens. Processes that use the same
   *  name share the queue. A listener that rejects is called again, after 0.1 to 5 seconds, until it resolves.
   *  @param subscription - a name; no ":", not empty
   *  @returns once the broker keeps letters for this subscription.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
  async onDeadLetter(
    definition: Pick<JobDefinition, 'name'>,
    subscription: string,
    listener: (letter: DeadJobNotice) => Promise<unknown>,
  ): Promise<void> {
    refuseInvalidSubscription(subscription, listener)
    const { topology } = this.#named('onDeadLetter', definition).getBackend()
    const { broker, logger } = this.#deps
    const onError = (err: Error) =>
      logger.warn({ queue: definition.name, subscription, err }, 'dead letter not dealt with')
    const options = { broker, topology, name: subscription, onLetter: listener, onError }
    const subscribed = new DeadLetterSubscription(options)
    this.#subscriptions.push(subscribed)
    await subscribed.open()
  }

  /** Reads what happens to a type's jobs, in all processes, on one connection to Redis of its own.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
  events(definition: Pick<JobDefinition, 'name'>, options: EventFeedOptions): EventFeed {
    this.#refuseIfClosed()
    refuseInvalidFeed(definition, options)
    this.#refuseSpreadKeys(definition.name)
    const { redis, prefix, factory, logger } = this.#deps
    const opened = openEventFeed(definition.name, options, {
      connection: redis.open(),
      prefix,
      factory,
      logger,
    })
    const feed: EventFeed = {
      close: async () => {
        await opened.close()
        this.#feeds.delete(feed)
      },
    }
    this.#feeds.add(feed)
    return feed
  }

  /** Starts a worker for a job type.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range */
  work<Input, Output, Result>(
    definition: JobDefinition<Input, Output, Result>,
    handler: JobHandler<Output, Result>,
    options: WorkOptions = {},
  ): TypedWorker {
    this.#refuseIfClosed()
    refuseInvalidWork(definition, handler, options)
    this.#refuseSpreadKeys(definition.name)
    const { redis, prefix, factory, logger, telemetry } = this.#deps
    const opened = typedWorker(definition, handler, options, {
      ...{ redis, prefix, factory, logger, telemetry },
      tell: this.#tell,
    })
    const { cancelChannel, cancel } = opened
    this.#cancelSignals ??= this.#openCancelSignals()
    const signals = this.#cancelSignals
    const worker: TypedWorker = {
      ...opened,
      close: async options => {
        await opened.close(options)
        this.#workers.delete(worker)
        signals.forget(cancelChannel, cancel)
      },
    }
    this.#workedOn.add(definition.name)
    this.#workers.add(worker)
    signals.listen(cancelChannel, cancel)
    return worker
  }

  /** Calls a listener for what happens to jobs in this process: attempts that start and end, jobs that are canceled. */
  onJob(listener: JobEventListener): void {
    this.#listeners.push(listener)
  }

  /** Names of the queues that this kit adds to or works on. */
  get queueNames(): string[] {
    return [...new Set([...this.#queues.names, ...this.#workedOn])]
  }

  /** Asks Redis and the broker how full those queues are. */
  async queueStats(): Promise<QueueStats[]> {
    const { broker } = this.#deps
    return Promise.all(this.queueNames.map(name => queueStats(this.#queues.named(name), broker)))
  }

  /** Asks the broker alone how full the queue of a job type is; `undefined` as long as it has no such queue.
   *  @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer */
  async brokerStats(definition: Pick<JobDefinition, 'name'>): Promise<BrokerStats | undefined> {
    return brokerStats(this.#named('brokerStats', definition), this.#deps.broker)
  }

  /** Counts since this kit was made: messages confirmed, messages not confirmed in time, reconnections to the broker. */
  get traffic(): Traffic {
    const { publisher, reconnects } = this.#deps.broker
    return { ...publisher.counts, reconnects }
  }

  /** Resolves when Redis and the broker answer. Rejects with their error, or after 3 seconds. */
  async check(): Promise<void> {
    const { redis, broker } = this.#deps
    await withTimeLimit(Promise.all([redis.queues.ping(), broker.check()]), CHECK_TIMEOUT_MS, () => {
      throw new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)
    })
  }

  /** Runs until SIGTERM or SIGINT, then closes; a second signal aborts the running jobs at once. Resolves when the kit is closed, also
   *  by `close`.
   *  @throws {WorkerKitError} `ERR_CLOSED` */
  async run(): Promise<void> {
    this.#refuseIfClosed()
    const ignoreSignals = onSignals(this.#closing.resolve, () => void this.#closeAll(0))
    try {
      await this.#closing.promise
      await this.close()
    } finally {
      ignoreSignals()
    }
  }

  /** Takes no further jobs, waits for those that run, and closes the connections. Safe to call twice.
   *  @param options.timeoutMs - after this time, in milliseconds, running jobs are aborted and go back to the queue.
   *    Integer from 0 to 2,147,483,647, or `Infinity`: no limit. @default 30_000
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION`; nothing is closed then */
  async close(options: { timeoutMs?: number } = {}): Promise<void> {
    const timeoutMs = closeTimeoutMs(options)
    this.#closed ??= this.#closeAll(timeoutMs)
    this.#closing.resolve()
    return this.#closed
  }

  async #closeAll(timeoutMs: number): Promise<void> {
    await Promise.all([
      // A worker keeps to the time by itself.
      ...[...this.#workers].map(worker =>
        this.#within(Number.POSITIVE_INFINITY, 'a worker', worker.close({ timeoutMs })),
      ),
      ...[...this.#feeds].map(feed => this.#within(CLOSE_LIMIT_MS, 'an event feed', feed.close())),
      ...this.#subscriptions.map(subscription =>
        this.#within(timeoutMs, 'a listener', subscription.close({ timeoutMs })),
      ),
    ])
    this.#cancelSignals?.close()
    await this.#within(CLOSE_LIMIT_MS, 'queues', Promise.all([this.#queues.close(), this.#flows?.close()]))
    this.#deps.redis.close()
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
    const { redis, logger } = this.#deps
    return new CancelSignals(redis.open(), err => logger.warn({ err }, 'cancel signals: error'))
  }

  /** The queue of a definition of which the name is enough. */
  #named(what: string, definition: Pick<JobDefinition, 'name'>): BackedQueue {
    this.#refuseIfClosed()
    refuseFaults(what, nameFaults(definition))
    this.#refuseSpreadKeys(definition.name)
    return this.#queues.named(definition.name)
  }

  #refuseSpreadKeys(queueName: string): void {
    const { redis, prefix = 'bull' } = this.#deps
    redis.refuseSpreadKeys(prefix, queueName)
  }

  #refuseIfClosed(): void {
    if (this.#closed)
      throw new WorkerKitError('ERR_CLOSED', 'This kit is closed: call connect() for a new one')
  }
}
