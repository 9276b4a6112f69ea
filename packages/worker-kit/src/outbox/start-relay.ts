import { type ProducerOptions, producerOptionFaults } from '../broker-producer/connect-producer.ts'
import type { Producer } from '../broker-producer/producer.ts'
import {
  findFaults,
  hasMethods,
  integer,
  milliseconds,
  millisecondsOrInfinity,
  optional,
  refuseFaults,
} from '../check-options.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { monotonicMs } from '../real-timers.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { OutboxStore } from './outbox-store.ts'
import { ProducerPublisher } from './publish-by-producer.ts'
import { Relay, type RelayTimes } from './relay.ts'

/** How a relay works, and either a producer or what `connectProducer` takes. */
export type RelayOptions = Partial<RelayTimes> & { logger?: Logger } & (
    | {
        /** Made by `connectProducer`; `close` leaves it open. */
        producer: Producer
      }
    | ({
        /** The relay connects a producer of its own, and goes on trying while the broker is away. */
        producer?: undefined
      } & ProducerOptions)
  )

/** Moves jobs from the table to their queues. */
export interface OutboxRelay {
  /** Tells that a queue may have new jobs, so that they do not wait for the next look. Of use where the client tells of no
   *  commits. */
  wake(queue: string): void
  /** Looks for due jobs of all queues at once. */
  look(): void
  /** Resolves when the broker answers.
   *  @throws {WorkerKitError} `ERR_CONNECT` */
  check(): Promise<void>
  /** Stops when the jobs at hand are dealt with; what is left stays in the table. Safe to call twice.
   *  @param options.timeoutMs - longest time that this takes, in milliseconds. Integer from 0 to 2,147,483,647, or `Infinity`.
   *    @default 30_000 */
  close(options?: { timeoutMs?: number }): Promise<void>
}

const DEFAULT_CLOSE_TIMEOUT_MS = 30_000

const defaults: RelayTimes = {
  pollIntervalMs: 1_000,
  batchSize: 500,
  maxBatchBytes: 8_000_000,
  leaseMs: 30_000,
  minBackoffMs: 250,
  maxBackoffMs: 30_000,
}

/** @param onClose - called when the relay is to take no more wake-ups
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range */
export function startRelay<Transaction>(
  store: OutboxStore<Transaction>,
  options: RelayOptions,
  onClose: () => void,
): OutboxRelay {
  const { producer, logger = silentLogger, times, connect } = sorted(options)
  refuseFaults('relay', [
    ...findFaults({ ...times, logger, producer }, rules),
    ...(producer ? findFaults(connect, {}) : producerOptionFaults({ ...connect, logger })),
  ])
  const publisher = new ProducerPublisher(producer ? { producer } : { connect: { ...connect, logger } })
  const relay = new Relay({
    ...times,
    logger,
    store: store as OutboxStore<never>,
    publish: publisher.publish,
  })
  return {
    wake: queue => relay.wake(queue),
    look: () => relay.look(),
    check: () => publisher.check(),
    async close(closeOptions = {}) {
      refuseFaults('close', findFaults(closeOptions, { timeoutMs: millisecondsOrInfinity(0) }))
      const { timeoutMs = DEFAULT_CLOSE_TIMEOUT_MS } = closeOptions
      onClose()
      const startedAt = monotonicMs()
      const leftMs = () => Math.max(0, timeoutMs - (monotonicMs() - startedAt))
      const stopped = relay.close(timeoutMs)
      // Without a connection nothing is on its way: the wait for one ends.
      if (!publisher.isReached) await withTimeLimit(publisher.close(), leftMs(), () => undefined)
      await stopped
      await withTimeLimit(publisher.close(), leftMs(), () => undefined)
    },
  }
}

/** The options, by whom they are for. */
function sorted({ producer, logger, ...rest }: RelayOptions) {
  const times = { ...defaults }
  const connect: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(rest))
    if (!Object.hasOwn(defaults, name)) connect[name] = value
    else if (value !== undefined) times[name as keyof RelayTimes] = value as number
  return { producer, logger, times, connect: connect as unknown as ProducerOptions }
}

const rules = {
  producer: optional('what connectProducer gives', value => hasMethods(value, 'queueOfCheckedJobs')),
  logger: optional('an object with debug, info, warn and error', value =>
    hasMethods(value, 'debug', 'info', 'warn', 'error'),
  ),
  pollIntervalMs: milliseconds(1),
  batchSize: integer(1, 10_000),
  maxBatchBytes: integer(1),
  leaseMs: milliseconds(1_000),
  minBackoffMs: milliseconds(1),
  maxBackoffMs: milliseconds(1),
}
