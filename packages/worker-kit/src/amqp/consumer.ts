import type { Channel } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { monotonicMs } from '../real-timers.ts'
import { shorten } from '../shorten.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { Broker } from './broker.ts'
import { ChannelConsumers, changed, type ReceivedMessage } from './channel-consumers.ts'
import { closeChannel } from './close.ts'
import type { Delivery } from './delivery.ts'
import { type KeptChannel, keepChannel } from './kept-channel.ts'
import { decodeClaim, refusedCopy, wasDelivered } from './message.ts'
import { declareTopology, type QueueTopology } from './topology.ts'

export type { Delivery } from './delivery.ts'

/** How long the consumer waits for the publisher's declaration, in milliseconds. */
const DECLARE_PATIENCE_MS = 2_000

/** How long the broker is waited for that counts messages, in milliseconds. */
const COUNT_PATIENCE_MS = 2_000

/** Longest reason why a message is refused, in characters: it may quote the message, and becomes a header. */
const MAX_REASON_CHARS = 1_000

export interface ConsumerOptions {
  /** How many jobs may run at once. Integer >= 1. */
  prefetch: number
  onDelivery: (delivery: Delivery) => void
  /** Whether somebody waits for a delivery. @default false */
  isAsked?: () => boolean
  /** The channel is lost: all unacknowledged deliveries are void, and the broker delivers their messages again. */
  onChannelLost: () => void
  onError: (error: Error) => void
}

/** Consumes one queue; consumes again by itself after a lost connection, channel or queue. The broker keeps as many
 *  deliveries here as jobs may run, so that none waits while another worker idles, and some more on demand. */
export class Consumer {
  readonly #broker: Broker
  readonly #topology: QueueTopology
  readonly #options: ConsumerOptions
  #prefetch: number
  #sparePrefetch = 0
  #isWanted = false
  #kept: KeptChannel<Channel> | undefined
  /** The open channel, with its consumers. */
  #open: { channel: Channel; consumers: ChannelConsumers } | undefined

  constructor(broker: Broker, topology: QueueTopology, options: ConsumerOptions) {
    this.#broker = broker
    this.#topology = topology
    this.#options = options
    this.#prefetch = options.prefetch
  }

  /** Whether the broker could deliver now. */
  get hasFreePrefetch(): boolean {
    return this.#open?.consumers.hasFreePrefetch ?? false
  }

  /** Somebody begins to wait for a delivery. */
  noteAsked(): void {
    this.#open?.consumers.noteAsked()
  }

  /** How many messages wait for a consumer; 0 when the broker does not say. */
  async countReady(): Promise<number> {
    const asked = this.#open?.channel
      .checkQueue(this.#topology.queue)
      .then(({ messageCount }) => messageCount)
    const count = asked?.catch(() => 0)
    return (count && (await withTimeLimit(count, COUNT_PATIENCE_MS, () => 0))) ?? 0
  }

  /** Begins to consume. Resolves before the broker can be reached; deliveries come as soon as it can. */
  async start(): Promise<void> {
    if (this.#isWanted) return
    this.#isWanted = true
    const connection = await this.#broker.consuming().catch(error => {
      this.#isWanted = false
      throw error
    })
    if (this.#kept) return this.#subscribe()
    this.#kept = keepChannel(connection, {
      open: connection => connection.createChannel(),
      onOpen: channel => this.#onOpen(channel),
      onLost: () => {
        this.#open = undefined
        this.#options.onChannelLost()
      },
      onError: this.#options.onError,
    })
  }

  /** Ends deliveries. The channel stays for the acknowledgements of running jobs, unless the broker does not answer. */
  async stop(): Promise<void> {
    this.#isWanted = false
    this.#sparePrefetch = 0
    const open = this.#open
    await changed(open?.consumers.cancelAll(), () => {
      // A broker that does not answer may still deliver: its channel is given up.
      if (this.#open === open) this.#open = undefined
      if (open) void closeChannel(open.channel)
    })
  }

  /** Sets how many jobs may run at once. Fewer than before take effect at the next `cancelConsumers`. */
  async setPrefetch(count: number): Promise<void> {
    this.#prefetch = count
    await this.#subscribe()
  }

  /** Sets how many further deliveries may wait here, as long as no other worker has free prefetch.
   *  @param count - not less than before, until the next `cancelConsumers`. Integer >= 1 */
  async setSparePrefetch(count: number): Promise<void> {
    if (!this.#isWanted) return
    const isFirst = this.#sparePrefetch === 0
    this.#sparePrefetch = count
    // One consumer does what many do that were added one by one.
    if (isFirst && this.#open && this.#open.consumers.size > 1)
      await changed(this.#open.consumers.cancelAll())
    await this.#subscribe()
  }

  /** Cancels all consumers, and sets the spare prefetch to 0. No delivery arrives between the moment this resolves and the
   *  next `setPrefetch`: what has not started can be requeued without coming back at once. */
  async cancelConsumers(): Promise<void> {
    this.#sparePrefetch = 0
    await changed(this.#open?.consumers.cancelAll())
  }

  /** Declares and consumes anew, on a new channel; all unacknowledged deliveries come again. */
  async reopenChannel(): Promise<void> {
    if (this.#open) await closeChannel(this.#open.channel)
  }

  async close(): Promise<void> {
    await this.stop()
    await this.#kept?.close()
  }

  async #onOpen(channel: Channel): Promise<void> {
    await this.#declare(channel)
    const consumers = new ChannelConsumers({
      channel,
      queue: this.#topology.queue,
      wanted: () => (this.#isWanted ? { regular: this.#prefetch, spare: this.#sparePrefetch } : undefined),
      onMessage: received => this.#receive(received),
      isAsked: this.#options.isAsked ?? (() => false),
      onCanceledByBroker: () => {
        this.#broker.forget(this.#topology)
        void closeChannel(channel)
      },
    })
    this.#open = { channel, consumers }
    await consumers.subscribe()
  }

  /** Together with this process's publisher: RabbitMQ 3.10 answers with an internal error, and closes the connection, when
   *  a new quorum queue is declared twice at once. But a broker short of memory blocks the publisher's connection; then the
   *  consumer declares on its own. */
  async #declare(channel: Channel): Promise<void> {
    if (!this.#broker.declares) return
    const wasDeclared = this.#broker.isDeclared(this.#topology)
    await withTimeLimit(this.#broker.declare(this.#topology), DECLARE_PATIENCE_MS, () => undefined)
    // What was declared long ago may have been deleted since.
    if (wasDeclared || !this.#broker.isDeclared(this.#topology))
      await declareTopology(channel, this.#topology)
  }

  /** On the open channel, if there is one; a channel that opens later subscribes by itself. */
  #subscribe(): Promise<void> {
    return changed(this.#open?.consumers.subscribe())
  }

  #receive(received: ReceivedMessage): void {
    const { message, ack, reject } = received
    const deadLetter = (reason: string) => this.#deadLetter(received, shorten(reason, MAX_REASON_CHARS))
    const claim = decodeClaim(message)
    if (typeof claim === 'string') {
      void deadLetter(claim)
      return
    }
    const { content, properties } = message
    const redelivered = wasDelivered(message)
    const requeue = () => reject(true)
    const receivedAt = monotonicMs()
    this.#options.onDelivery({
      ...claim,
      redelivered,
      receivedAt,
      content,
      properties,
      ack,
      requeue,
      deadLetter,
    })
  }

  async #deadLetter({ message, ack, reject }: ReceivedMessage, reason: string): Promise<void> {
    const { queue, deadLetterQueue, deadLetterExchange } = this.#topology
    const text = `Refused a message on "${queue}": ${reason}. It is kept in "${deadLetterQueue}".`
    this.#options.onError(new WorkerKitError('ERR_MALFORMED_MESSAGE', text))
    try {
      await this.#broker.publisher.publish(this.#topology, refusedCopy(message, reason), deadLetterExchange)
      ack()
    } catch (error) {
      this.#options.onError(error as Error)
      // The broker moves it then, without the reason.
      reject(false)
    }
  }
}
