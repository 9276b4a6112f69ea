import { randomUUID } from 'node:crypto'
import type { Channel, ConsumeMessage, MessageProperties } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { delay } from '../real-timers.ts'
import type { Broker } from './broker.ts'
import { type KeptChannel, keepChannel } from './kept-channel.ts'
import { decodeClaim, type JobClaim, refusedCopy, wasDelivered } from './message.ts'
import { Settlements } from './settlements.ts'
import { declareTopology, type QueueTopology } from './topology.ts'

/** How long the consumer waits for the publisher's declaration, in milliseconds. */
const DECLARE_PATIENCE_MS = 2_000

/** The broker fills slots first, in the whole fleet: spares get messages only while no slot is free anywhere. */
const PRIORITY = { slots: 10, spares: 0 } as const
type Purpose = keyof typeof PRIORITY

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
  /** How many jobs may run at once. Integer >= 1. */
  slots: number
  onDelivery: (delivery: Delivery) => void
  /** All unacknowledged deliveries are void. */
  onGone: () => void
  onError: (error: Error) => void
}

/** A consumer in the broker's eyes: its prefetch cannot be changed, only another one be added, or it be canceled. */
interface Subscription {
  readonly purpose: Purpose
  readonly prefetch: number
  isCanceled: boolean
  /** Deliveries that are not settled. */
  held: number
}

/** Consumes one queue; goes on by itself after a lost connection, channel or queue. The broker keeps as many
 *  deliveries here as jobs may run, so that none waits while another worker idles, and `spares` more on demand. */
export class Consumer {
  readonly #broker: Broker
  readonly #topology: QueueTopology
  readonly #options: ConsumerOptions
  #slots: number
  #kept: KeptChannel<Channel> | undefined
  /** The open channel. */
  #channel: Channel | undefined
  #isWanted = false
  /** Deliveries that may wait here beside those that run. */
  #spares = 0
  #subscriptions = new Map<string, Subscription>()
  #settlements: Settlements | undefined
  /** Changes of what is subscribed, one after the other. */
  #changes: Promise<void> = Promise.resolve()

  constructor(broker: Broker, topology: QueueTopology, options: ConsumerOptions) {
    this.#broker = broker
    this.#topology = topology
    this.#options = options
    this.#slots = options.slots
  }

  /** Whether the broker could deliver now. */
  get hasFreeCredit(): boolean {
    return [...this.#subscriptions.values()].some(
      ({ isCanceled, held, prefetch }) => !isCanceled && held < prefetch,
    )
  }

  /** Resolves when the broker can be reached; deliveries start then or, after an error, as soon as they can. */
  async start(): Promise<void> {
    if (this.#isWanted) return
    this.#isWanted = true
    const connection = await this.#broker.consuming()
    if (this.#kept) return this.#subscribe()
    this.#kept = keepChannel(connection, {
      open: connection => connection.createChannel(),
      onOpen: channel => this.#onOpen(channel),
      onGone: () => {
        this.#channel = undefined
        this.#subscriptions = new Map()
        this.#options.onGone()
      },
      onError: this.#options.onError,
    })
  }

  /** No further deliveries. The channel stays for the acknowledgements of running jobs. */
  async stop(): Promise<void> {
    this.#isWanted = false
    this.#spares = 0
    await this.#cancelAll()
  }

  /** Sets how many jobs may run at once. What is held too much comes back with `dropSpares`. */
  async setSlots(slots: number): Promise<void> {
    this.#slots = slots
    await this.#subscribe()
  }

  /** Lets deliveries wait here, as long as no other worker has a free slot.
   *  @param count - how many, not less than before. Integer >= 1. */
  async holdSpares(count: number): Promise<void> {
    if (!this.#isWanted) return
    const areFirst = this.#spares === 0
    this.#spares = count
    // One subscription does what many do that were added slot by slot.
    if (areFirst && this.#subscriptions.size > 1) await this.#cancelAll()
    await this.#subscribe()
  }

  /** Ends that. No delivery arrives between the moment this resolves and `resume`, so that what has not started can be
   *  given back without coming again. */
  async dropSpares(): Promise<void> {
    this.#spares = 0
    await this.#cancelAll()
  }

  /** Consumes again, as much as the jobs that still run leave free. */
  async resume(): Promise<void> {
    await this.#subscribe()
  }

  /** Declares and consumes anew, on a new channel; all unacknowledged deliveries come again. */
  async reopen(): Promise<void> {
    await this.#channel?.close().catch(() => undefined)
  }

  async close(): Promise<void> {
    await this.stop()
    await this.#kept?.close()
  }

  async #onOpen(channel: Channel): Promise<void> {
    await this.#declare(channel)
    this.#channel = channel
    this.#settlements = new Settlements(channel)
    this.#subscriptions = new Map()
    const subscribed = this.#changes.then(() => this.#subscribeOn(channel))
    this.#changes = subscribed.catch(() => undefined)
    await subscribed
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

  /** On the open channel, if there is one; a channel that opens later subscribes by itself. */
  #subscribe(): Promise<void> {
    return this.#change(channel => this.#subscribeOn(channel))
  }

  #cancelAll(): Promise<void> {
    return this.#change(async channel => {
      const settlements = this.#settlements as Settlements
      settlements.mayWait = 0
      settlements.flush()
      for (const [tag, subscription] of this.#subscriptions) {
        if (subscription.isCanceled) continue
        await channel.cancel(tag)
        subscription.isCanceled = true
        if (subscription.held === 0) this.#subscriptions.delete(tag)
      }
    })
  }

  #change(work: (channel: Channel) => Promise<void>): Promise<void> {
    this.#changes = this.#changes.then(async () => {
      // What fails has lost its channel; the next one subscribes to what is wanted then.
      if (this.#channel) await work(this.#channel).catch(() => undefined)
    })
    return this.#changes
  }

  async #subscribeOn(channel: Channel): Promise<void> {
    if (!this.#isWanted) return
    const freeSlots = this.#slots - this.#slotsInUse()
    if (freeSlots > 0) await this.#add(channel, 'slots', freeSlots)
    const moreSpares = this.#spares - this.#subscribedSpares()
    if (moreSpares > 0) await this.#add(channel, 'spares', moreSpares)
    // The other half lasts until the broker has answered.
    if (this.#settlements) this.#settlements.mayWait = Math.floor(this.#spares / 2)
  }

  /** What the subscriptions for slots may hold, and what canceled ones still do. */
  #slotsInUse(): number {
    let slots = 0
    for (const { purpose, prefetch, isCanceled, held } of this.#subscriptions.values())
      slots += isCanceled ? held : purpose === 'slots' ? prefetch : 0
    return slots
  }

  #subscribedSpares(): number {
    let spares = 0
    for (const { purpose, prefetch, isCanceled } of this.#subscriptions.values())
      if (purpose === 'spares' && !isCanceled) spares += prefetch
    return spares
  }

  async #add(channel: Channel, purpose: Purpose, prefetch: number): Promise<void> {
    const settlements = this.#settlements as Settlements
    const subscription: Subscription = { purpose, prefetch, isCanceled: false, held: 0 }
    await channel.prefetch(prefetch)
    // Deliveries may come before the answer that tells the tag.
    const consumerTag = `${purpose}-${randomUUID()}`
    this.#subscriptions.set(consumerTag, subscription)
    const options = { consumerTag, priority: PRIORITY[purpose] }
    await channel.consume(
      this.#topology.queue,
      message => {
        if (message) this.#receive(settlements, message, subscription)
        else this.#onCancel(channel)
      },
      options,
    )
  }

  #receive(settlements: Settlements, message: ConsumeMessage, subscription: Subscription): void {
    const { deliveryTag, consumerTag } = message.fields
    settlements.received(deliveryTag)
    subscription.held += 1
    let isSettled = false
    const settle = (how: () => void) => {
      if (isSettled) return
      isSettled = true
      how()
      subscription.held -= 1
      if (subscription.isCanceled) this.#onSlotFreed(consumerTag, subscription)
    }
    const ack = () => settle(() => settlements.ack(deliveryTag))
    const reject = (requeue: boolean) => settle(() => settlements.reject(deliveryTag, requeue))
    const refuse = (reason: string) => this.#refuse(message, reason, { ack, reject })
    const claim = decodeClaim(message)
    if (typeof claim === 'string') {
      void refuse(claim)
      return
    }
    this.#options.onDelivery({
      ...claim,
      redelivered: wasDelivered(message),
      content: message.content,
      properties: message.properties,
      ack,
      giveBack: () => reject(true),
      refuse,
    })
  }

  async #refuse(
    message: ConsumeMessage,
    reason: string,
    { ack, reject }: { ack: () => void; reject: (requeue: boolean) => void },
  ): Promise<void> {
    const { queue, deadLetterQueue } = this.#topology
    const text = `Refused a message on "${queue}": ${reason}. It is kept in "${deadLetterQueue}".`
    this.#options.onError(new WorkerKitError('ERR_MALFORMED_MESSAGE', text))
    try {
      const copy = refusedCopy(message, reason)
      await this.#broker.publisher.publish(this.#topology, copy, this.#topology.deadLetterExchange)
      ack()
    } catch (error) {
      this.#options.onError(error as Error)
      // The broker itself moves it then, without the reason.
      reject(false)
    }
  }

  /** A delivery of a canceled subscription is settled: its place is subscribed to again. */
  #onSlotFreed(tag: string, { held }: Subscription): void {
    if (held === 0) this.#subscriptions.delete(tag)
    void this.#subscribe()
  }

  /** The broker canceled us: the queue was deleted, or its leader moved. */
  #onCancel(channel: Channel): void {
    this.#broker.forget(this.#topology)
    void channel.close().catch(() => undefined)
  }
}
