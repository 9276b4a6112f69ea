import type { Channel } from 'amqplib'
import { clearTimeout, setTimeout } from '../real-timers.ts'

/** How long an acknowledgement waits for others at most, in milliseconds. */
const LONGEST_WAIT_MS = 10

/** Settles the deliveries of one channel. Acknowledgements are sent together: one frame for all deliveries before the first
 *  unsettled one, and one frame for each delivery behind it. */
export class Settlements {
  readonly #channel: Channel
  readonly #longestWaitMs: number
  /** Delivery tags in ascending order, as they arrive. The first one from `#head` on is not settled. */
  #tags: number[] = []
  #head = 0
  readonly #settled = new Set<number>()
  #acks: number[] = []
  #timer: NodeJS.Timeout | undefined
  #isFlushing = false
  /** How many acknowledgements may wait for more. 0 while the broker sends no delivery before it has them. */
  mayWait = 0
  readonly #isStarving: () => boolean

  /** @param isStarving - whether somebody waits for a delivery, and the broker may send none before it has what waits here
   *  @param longestWaitMs - how long acknowledgements wait for others at most */
  constructor(
    channel: Channel,
    isStarving: () => boolean = () => false,
    longestWaitMs: number = LONGEST_WAIT_MS,
  ) {
    this.#channel = channel
    this.#isStarving = isStarving
    this.#longestWaitMs = longestWaitMs
  }

  /** Acknowledgements that wait for more. */
  get waiting(): number {
    return this.#acks.length
  }

  received(tag: number): void {
    this.#tags.push(tag)
  }

  ack(tag: number): void {
    const count = this.#acks.push(tag)
    if (count > this.mayWait || this.#isStarving()) this.#flushSoon()
    else this.#timer ??= setTimeout(() => this.flush(), this.#longestWaitMs)
  }

  /** Together with all that is acknowledged in this turn of the event loop. */
  #flushSoon(): void {
    if (this.#isFlushing) return
    this.#isFlushing = true
    queueMicrotask(() => this.flush())
  }

  /** @param requeue - whether the broker delivers the message again; else it dead-letters it */
  reject(tag: number, requeue: boolean): void {
    this.#settled.add(tag)
    send(() => this.#channel.nack(messageOf(tag), false, requeue))
    this.#advance()
  }

  /** Sends the acknowledgements that wait. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isFlushing = false
    if (this.#acks.length === 0) return
    const acks = this.#acks
    this.#acks = []
    for (const tag of acks) this.#settled.add(tag)
    const settledUpTo = this.#advance()
    // Never acknowledge a settled tag, not even for those before it: the broker would close the channel.
    const last = acks.reduce((highest, tag) => (tag <= settledUpTo && tag > highest ? tag : highest), 0)
    if (last > 0) send(() => this.#channel.ack(messageOf(last), true))
    for (const tag of acks) if (tag > settledUpTo) send(() => this.#channel.ack(messageOf(tag)))
  }

  /** Forgets the settled deliveries at the head.
   *  @returns the highest tag up to which all are settled, 0 if there is none */
  #advance(): number {
    let upTo = 0
    for (;;) {
      const tag = this.#tags[this.#head]
      if (tag === undefined || !this.#settled.delete(tag)) break
      upTo = tag
      this.#head += 1
    }
    if (this.#head > 1_000) {
      this.#tags = this.#tags.slice(this.#head)
      this.#head = 0
    }
    return upTo
  }
}

/** The part of a message that amqplib needs to settle it. */
function messageOf(deliveryTag: number): Parameters<Channel['ack']>[0] {
  return { fields: { deliveryTag } } as Parameters<Channel['ack']>[0]
}

/** amqplib throws on a closed channel; the broker has requeued that channel's messages already. */
function send(settle: () => void): void {
  try {
    settle()
  } catch (error) {
    if ((error as Error).name !== 'IllegalOperationError') throw error
  }
}
