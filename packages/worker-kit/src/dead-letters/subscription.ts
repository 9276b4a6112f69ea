import type { Channel, ConsumeMessage } from 'amqplib'
import type { Broker } from '../amqp/broker.ts'
import { closeChannel } from '../amqp/close.ts'
import { type KeptChannel, keepChannel } from '../amqp/kept-channel.ts'
import {
  deadLetterQueueOptions,
  declareDeadLetterExchange,
  type QueueTopology,
  subscriptionQueue,
} from '../amqp/topology.ts'
import { delay } from '../real-timers.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { DeadJob } from './dead-letter.ts'
import { decodeDeadLetter } from './dead-letter-message.ts'

/** How many letters the listener gets at a time. */
const PREFETCH = 10

const DEFAULT_CLOSE_TIMEOUT_MS = 30_000

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000

/** A job that has failed for good, as a subscriber gets it. `DeadLetters.stateOf` says what became of it since. */
export type DeadJobNotice = Omit<DeadJob, 'status' | 'job'>

export interface DeadLetterSubscriptionOptions {
  broker: Broker
  topology: QueueTopology
  /** Name of the subscription; its queue is `<prefix>:<queue>:dead:<name>`. */
  name: string
  /** May be called again with the same letter. After a rejection it is called again, until it resolves. */
  onLetter: (letter: DeadJobNotice) => Promise<unknown>
  onError: (error: Error) => void
}

/** Tells a subscriber of every job of a queue that fails for good, at least once. The subscription has a durable queue of its
 *  own, beside the dead-letter queue: neither takes messages from the other. */
export class DeadLetterSubscription {
  readonly #options: DeadLetterSubscriptionOptions
  readonly #queue: string
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<void>>()
  #kept: KeptChannel<Channel> | undefined

  /** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` when the name is too long */
  constructor(options: DeadLetterSubscriptionOptions) {
    this.#options = options
    this.#queue = subscriptionQueue(options.topology, options.name)
  }

  /** Resolves when the broker keeps letters for this subscription. */
  async open(): Promise<void> {
    const { broker, onError } = this.#options
    const subscribed = Promise.withResolvers<void>()
    const connection = await broker.consuming()
    if (this.#closing.signal.aborted) return
    this.#kept = keepChannel(connection, {
      open: connection => connection.createChannel(),
      onOpen: async channel => {
        await this.#subscribe(channel)
        subscribed.resolve()
      },
      onError,
    })
    this.#closing.signal.addEventListener('abort', () => subscribed.resolve())
    await subscribed.promise
  }

  /** Waits for the listeners that run. Letters of listeners that do not end in time, and all further letters, come again
   *  after the next `open`.
   *  @param options.timeoutMs - how long to wait for listeners, in milliseconds. Integer from 0 to
   *    2,147,483,647, or `Infinity`: no limit. @default 30_000 */
  async close({ timeoutMs = DEFAULT_CLOSE_TIMEOUT_MS }: { timeoutMs?: number } = {}): Promise<void> {
    this.#closing.abort()
    await withTimeLimit(Promise.all(this.#running), timeoutMs, () => undefined)
    await this.#kept?.close()
  }

  async #subscribe(channel: Channel): Promise<void> {
    const { topology } = this.#options
    const queue = this.#queue
    // The exchange alone: a subscriber may have no rights on the queue of jobs.
    await declareDeadLetterExchange(channel, topology)
    await channel.assertQueue(queue, deadLetterQueueOptions(topology))
    await channel.bindQueue(queue, topology.deadLetterExchange, '')
    await channel.prefetch(PREFETCH)
    const gone = new AbortController()
    channel.once('close', () => gone.abort())
    await channel.consume(queue, message => {
      // The broker cancels the consumer when the queue was deleted: a new channel declares the queue again.
      if (!message) return void closeChannel(channel)
      const dealing = this.#deal(channel, message, gone.signal)
      this.#running.add(dealing)
      void dealing.finally(() => this.#running.delete(dealing))
    })
  }

  async #deal(channel: Channel, message: ConsumeMessage, gone: AbortSignal): Promise<void> {
    const ended = AbortSignal.any([gone, this.#closing.signal])
    const letter = decodeDeadLetter(message)
    if (letter.kind === 'malformed') return channel.ack(message)
    const { source: _source, ...notice } = letter
    for (let waitMs = FIRST_RETRY_MS; !ended.aborted; waitMs = Math.min(2 * waitMs, LONGEST_RETRY_MS)) {
      try {
        await this.#options.onLetter(notice)
        // After a lost channel the broker delivers the letter again.
        if (!gone.aborted) channel.ack(message)
        return
      } catch (error) {
        this.#options.onError(error as Error)
        await delay(waitMs, undefined, { signal: ended }).catch(() => undefined)
      }
    }
  }
}
