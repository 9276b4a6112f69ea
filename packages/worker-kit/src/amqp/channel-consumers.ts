import { randomUUID } from 'node:crypto'
import type { Channel, ConsumeMessage } from 'amqplib'
import { withTimeLimit } from '../time-limit.ts'
import { CLOSE_TIMEOUT_MS } from './close.ts'
import { Settlements } from './settlements.ts'

/** The broker fills regular consumers first, in the whole fleet: a spare one gets messages only while no regular one has
 *  free prefetch anywhere. */
const PRIORITY = { regular: 10, spare: 0 } as const
type Kind = keyof typeof PRIORITY

/** How many unacknowledged deliveries the broker may keep here. */
export interface WantedPrefetch {
  regular: number
  spare: number
}

/** A message with what settles it; the second settlement of one message has no effect. */
export interface ReceivedMessage {
  readonly message: ConsumeMessage
  ack(): void
  /** @param requeue - `false`: the broker dead-letters it */
  reject(requeue: boolean): void
}

export interface ChannelConsumersOptions {
  channel: Channel
  queue: string
  /** What to consume now; `undefined`: nothing. */
  wanted: () => WantedPrefetch | undefined
  onMessage: (received: ReceivedMessage) => void
  /** Whether somebody waits for a message. */
  isAsked: () => boolean
  /** The broker canceled a consumer: the queue was deleted, or its leader moved. */
  onCanceledByBroker: () => void
}

/** A consumer in the broker's eyes. Its prefetch cannot be changed: more prefetch is a further consumer, less is a
 *  cancellation. */
interface ChannelConsumer {
  readonly kind: Kind
  readonly prefetch: number
  isCanceled: boolean
  /** Its deliveries that are not settled. */
  inFlight: number
}

/** The consumers on one channel. Calls that change them run one after the other. */
export class ChannelConsumers {
  readonly #options: ChannelConsumersOptions
  readonly #settlements: Settlements
  readonly #consumers = new Map<string, ChannelConsumer>()
  #changes: Promise<unknown> = Promise.resolve()

  constructor(options: ChannelConsumersOptions) {
    this.#options = options
    this.#settlements = new Settlements(options.channel, () => this.#isStarving)
  }

  /** How many consumers there are, canceled ones with deliveries in flight included. */
  get size(): number {
    return this.#consumers.size
  }

  /** Whether the broker could deliver now. */
  get hasFreePrefetch(): boolean {
    return [...this.#consumers.values()].some(
      ({ isCanceled, inFlight, prefetch }) => !isCanceled && inFlight < prefetch,
    )
  }

  /** Somebody begins to wait for a message. */
  noteAsked(): void {
    if (this.#isStarving) this.#settlements.flush()
  }

  /** Adds consumers until the wanted prefetch is reached.
   *  @throws what the broker says, after which the channel is lost */
  subscribe(): Promise<void> {
    return this.#afterChanges(() => this.#subscribe())
  }

  /** Cancels all consumers. When it resolves no further delivery comes, and what is requeued does not come back here. */
  cancelAll(): Promise<void> {
    return this.#afterChanges(() => this.#cancelAll())
  }

  #afterChanges(change: () => Promise<void>): Promise<void> {
    const changed = this.#changes.then(change)
    this.#changes = changed.catch(() => undefined)
    return changed
  }

  async #subscribe(): Promise<void> {
    const wanted = this.#options.wanted()
    if (!wanted) return
    const regular = wanted.regular - this.#regularPrefetchInUse()
    if (regular > 0) await this.#add('regular', regular)
    const spare = wanted.spare - this.#sparePrefetch()
    if (spare > 0) await this.#add('spare', spare)
    // The other half of the spare deliveries lasts until the broker has answered.
    this.#settlements.mayWait = Math.floor(wanted.spare / 2)
  }

  async #cancelAll(): Promise<void> {
    this.#settlements.mayWait = 0
    this.#settlements.flush()
    for (const [tag, consumer] of this.#consumers) {
      if (consumer.isCanceled) continue
      await this.#options.channel.cancel(tag)
      consumer.isCanceled = true
      if (consumer.inFlight === 0) this.#consumers.delete(tag)
    }
  }

  /** Whether somebody waits for a message, and the broker believes that there is room for none: the acknowledgements that would tell it
   *  wait for more. */
  get #isStarving(): boolean {
    if (!this.#options.isAsked()) return false
    let free = 0
    for (const { isCanceled, inFlight, prefetch } of this.#consumers.values())
      if (!isCanceled) free += prefetch - inFlight
    return free <= this.#settlements.waiting
  }

  /** Prefetch of the regular consumers, and what canceled consumers still have in flight. */
  #regularPrefetchInUse(): number {
    let sum = 0
    for (const { kind, prefetch, isCanceled, inFlight } of this.#consumers.values())
      sum += isCanceled ? inFlight : kind === 'regular' ? prefetch : 0
    return sum
  }

  #sparePrefetch(): number {
    let sum = 0
    for (const { kind, prefetch, isCanceled } of this.#consumers.values())
      if (kind === 'spare' && !isCanceled) sum += prefetch
    return sum
  }

  async #add(kind: Kind, prefetch: number): Promise<void> {
    const { channel, queue, onCanceledByBroker } = this.#options
    const consumer: ChannelConsumer = { kind, prefetch, isCanceled: false, inFlight: 0 }
    await channel.prefetch(prefetch)
    // Deliveries may come before the broker's answer: so the tag is chosen here.
    const consumerTag = `${kind}-${randomUUID()}`
    this.#consumers.set(consumerTag, consumer)
    const receive = (message: ConsumeMessage | null) =>
      message ? this.#receive(message, consumer) : onCanceledByBroker()
    await channel.consume(queue, receive, { consumerTag, priority: PRIORITY[kind] })
  }

  #receive(message: ConsumeMessage, consumer: ChannelConsumer): void {
    const { deliveryTag, consumerTag } = message.fields
    this.#settlements.received(deliveryTag)
    consumer.inFlight += 1
    let isSettled = false
    const settle = (how: () => void) => {
      if (isSettled) return
      isSettled = true
      consumer.inFlight -= 1
      how()
      if (consumer.isCanceled) this.#replaceCanceled(consumerTag, consumer)
    }
    this.#options.onMessage({
      message,
      ack: () => settle(() => this.#settlements.ack(deliveryTag)),
      reject: requeue => settle(() => this.#settlements.reject(deliveryTag, requeue)),
    })
  }

  /** A delivery of a canceled consumer is settled: another consumer takes its place. */
  #replaceCanceled(tag: string, { inFlight }: ChannelConsumer): void {
    if (inFlight === 0) this.#consumers.delete(tag)
    // An error has lost the channel; the next channel subscribes to what is wanted then.
    void this.subscribe().catch(() => undefined)
  }
}

/** Waits for a change of consumers, for a limited time: a frozen broker does not answer before the heartbeat fails.
 *  Never rejects: what fails has lost its channel, and the next channel subscribes to what is wanted then. */
export async function changed(change: Promise<void> | undefined, onLimit?: () => void): Promise<void> {
  if (change)
    await withTimeLimit(
      change.catch(() => undefined),
      CLOSE_TIMEOUT_MS,
      () => onLimit?.(),
    )
}
