import type { Channel, ConsumeMessage } from 'amqplib'
import type { Broker } from '../amqp/broker.ts'
import { type KeptChannel, keepChannel } from '../amqp/kept-channel.ts'
import { deadLetterQueueOptions, type QueueTopology } from '../amqp/topology.ts'
import { delay } from '../real-timers.ts'
import type { DeadJob } from './dead-letter.ts'
import { decodeDeadLetter } from './dead-letter-message.ts'

/** Letters dealt with at a time. */
const PREFETCH = 10

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000

/** A job that has failed for good, as it is told to a subscriber: what became of it since is asked with `stateOf`. */
export type DeadJobNotice = Omit<DeadJob, 'status' | 'job'>

export interface SubscriptionOptions {
  broker: Broker
  topology: QueueTopology
  /** Of the subscription: its queue is `<prefix>:<queue>:dead:<name>`. */
  name: string
  /** May be called again with the same letter. A rejection is tried again, for as long as it takes. */
  onLetter: (letter: DeadJobNotice) => Promise<unknown>
  onError: (error: Error) => void
}

/** Tells a subscriber of every job of a queue that fails for good, at least once: by a durable queue of its own beside
 *  the one that keeps the letters, so that neither takes anything from the other. */
export class DeadLetterSubscription {
  readonly #options: SubscriptionOptions
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<void>>()
  #kept: KeptChannel<Channel> | undefined

  constructor(options: SubscriptionOptions) {
    this.#options = options
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

  /** Waits for what is being dealt with. The rest is told after the next `open`. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#running)
    await this.#kept?.close()
  }

  async #subscribe(channel: Channel): Promise<void> {
    const { broker, topology, name } = this.#options
    await broker.declare(topology)
    const queue = `${topology.deadLetterQueue}:${name}`
    await channel.assertQueue(queue, deadLetterQueueOptions(topology))
    await channel.bindQueue(queue, topology.deadLetterExchange, '')
    await channel.prefetch(PREFETCH)
    const gone = new AbortController()
    channel.once('close', () => gone.abort())
    await channel.consume(queue, message => {
      // The broker cancels when the queue was deleted: a new channel declares it again.
      if (!message) return void channel.close().catch(() => undefined)
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
        // On a lost channel the broker tells it again.
        if (!gone.aborted) channel.ack(message)
        return
      } catch (error) {
        this.#options.onError(error as Error)
        await delay(waitMs, undefined, { signal: ended }).catch(() => undefined)
      }
    }
  }
}
