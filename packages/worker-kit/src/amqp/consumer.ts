import type { Channel, ConsumeMessage, MessageProperties } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { delay } from '../real-timers.ts'
import type { Broker } from './broker.ts'
import { type KeptChannel, keepChannel } from './kept-channel.ts'
import { decodeClaim, type JobClaim, refusedCopy, wasDelivered } from './message.ts'
import { declareTopology, type QueueTopology } from './topology.ts'

/** How long the consumer waits for the publisher's declaration, in milliseconds. */
const DECLARE_PATIENCE_MS = 2_000

/** One delivery of a job's message. It is bound to its channel: when that is gone the methods have no effect,
 *  and the broker delivers the message again. */
export interface Delivery extends JobClaim {
  /** Whether it may have started: the broker delivered it before, or it comes from the parking queue. */
  readonly redelivered: boolean
  readonly content: Buffer
  readonly properties: MessageProperties
  /** Done with: the broker forgets the message. */
  ack(): void
  /** Not started: the broker hands it to the next worker. */
  giveBack(): void
  /** No worker can use it: it goes to the dead letters, with the reason. */
  refuse(reason: string): Promise<void>
}

export interface ConsumerOptions {
  /** How many deliveries the broker hands out ahead of their acknowledgement. */
  prefetch: number
  onDelivery: (delivery: Delivery) => void
  /** All unacknowledged deliveries are void. */
  onGone: () => void
  onError: (error: Error) => void
}

/** Consumes one queue; goes on by itself after a lost connection, channel or queue. */
export class Consumer {
  readonly #broker: Broker
  readonly #topology: QueueTopology
  readonly #options: ConsumerOptions
  #kept: KeptChannel<Channel> | undefined
  #consuming = false
  #consumerTag: string | undefined

  constructor(broker: Broker, topology: QueueTopology, options: ConsumerOptions) {
    this.#broker = broker
    this.#topology = topology
    this.#options = options
  }

  /** Whether deliveries can arrive now. */
  get isConsuming(): boolean {
    return this.#consumerTag !== undefined && this.#kept?.current !== undefined
  }

  /** Resolves when the broker can be reached; deliveries start then or, after an error, as soon as they can. */
  async start(): Promise<void> {
    if (this.#consuming) return
    this.#consuming = true
    const connection = await this.#broker.consuming()
    if (this.#kept?.current) {
      await this.#consume(this.#kept.current)
    } else {
      this.#kept ??= keepChannel(connection, {
        open: connection => connection.createChannel(),
        onOpen: channel => this.#onOpen(channel),
        onGone: () => {
          this.#consumerTag = undefined
          this.#options.onGone()
        },
        onError: this.#options.onError,
      })
    }
  }

  /** No further deliveries. The channel stays for the acknowledgements of running jobs. */
  async stop(): Promise<void> {
    this.#consuming = false
    const tag = this.#consumerTag
    this.#consumerTag = undefined
    if (tag === undefined) return
    // A channel that died meanwhile has canceled the consumer by itself.
    await this.#kept?.current?.cancel(tag).catch(() => undefined)
  }

  /** Declares and consumes anew, on a new channel; all unacknowledged deliveries come again. */
  async reopen(): Promise<void> {
    await this.#kept?.current?.close().catch(() => undefined)
  }

  async close(): Promise<void> {
    await this.stop()
    await this.#kept?.close()
  }

  async #onOpen(channel: Channel): Promise<void> {
    await this.#declare(channel)
    await channel.prefetch(this.#options.prefetch)
    if (this.#consuming) await this.#consume(channel)
  }

  /** Together with this process's publisher: RabbitMQ 3.10 answers with an internal error, and closes the connection,
   *  when a new quorum queue is declared twice at once. But a broker short of memory blocks the publisher's
   *  connection; then the consumer declares on its own. */
  async #declare(channel: Channel): Promise<void> {
    const waiting = new AbortController()
    const patience = delay(DECLARE_PATIENCE_MS, undefined, { signal: waiting.signal }).catch(() => undefined)
    try {
      await Promise.race([this.#broker.declare(this.#topology), patience])
    } finally {
      waiting.abort()
    }
    await declareTopology(channel, this.#topology)
  }

  async #consume(channel: Channel): Promise<void> {
    const { consumerTag } = await channel.consume(this.#topology.queue, message => {
      if (message) this.#receive(channel, message)
      else this.#onCancel(channel)
    })
    this.#consumerTag = consumerTag
  }

  #receive(channel: Channel, message: ConsumeMessage): void {
    const claim = decodeClaim(message)
    if (typeof claim === 'string') {
      void this.#refuse(channel, message, claim)
      return
    }
    this.#options.onDelivery({
      ...claim,
      redelivered: wasDelivered(message),
      content: message.content,
      properties: message.properties,
      ack: () => settle(() => channel.ack(message)),
      giveBack: () => settle(() => channel.nack(message, false, true)),
      refuse: reason => this.#refuse(channel, message, reason),
    })
  }

  async #refuse(channel: Channel, message: ConsumeMessage, reason: string): Promise<void> {
    const { queue, deadLetterQueue } = this.#topology
    const text = `Refused a message on "${queue}": ${reason}. It is kept in "${deadLetterQueue}".`
    this.#options.onError(new WorkerKitError('ERR_MALFORMED_MESSAGE', text))
    try {
      const copy = refusedCopy(message, reason)
      await this.#broker.publisher.publish(this.#topology, copy, this.#topology.deadLetterExchange)
      settle(() => channel.ack(message))
    } catch (error) {
      this.#options.onError(error as Error)
      // The broker itself moves it then, without the reason.
      settle(() => channel.reject(message, false))
    }
  }

  /** The broker canceled us: the queue was deleted, or its leader moved. */
  #onCancel(channel: Channel): void {
    this.#broker.forget(this.#topology)
    this.#consumerTag = undefined
    void channel.close().catch(() => undefined)
  }
}

/** On a closed channel amqplib throws; there the broker has taken the message back already. */
function settle(send: () => void): void {
  try {
    send()
  } catch (error) {
    if ((error as Error).name !== 'IllegalOperationError') throw error
  }
}
