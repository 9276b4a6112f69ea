import type { Channel } from 'amqplib'
import { clearTimeout, setTimeout } from '../real-timers.ts'

/** How long acknowledgements wait for others at most, in milliseconds. */
const LONGEST_WAIT_MS = 10

/** Settles the deliveries of one channel. Acknowledgements go out together: one frame for all deliveries up to the first
 *  that still runs, and one for each beyond it. */
export class Settlements {
  readonly #channel: Channel
  readonly #longestWaitMs: number
  /** Delivery tags in the order of their arrival, which is that of their numbers; the head is never settled. */
  #tags: number[] = []
  #head = 0
  readonly #settled = new Set<number>()
  #acks: number[] = []
  #timer: NodeJS.Timeout | undefined
  /** How many acknowledgements may wait for more: none while the broker holds back deliveries for them. */
  mayWait = 0

  /** @param longestWaitMs - how long acknowledgements wait for others at most */
  constructor(channel: Channel, longestWaitMs: number = LONGEST_WAIT_MS) {
    this.#channel = channel
    this.#longestWaitMs = longestWaitMs
  }

  received(tag: number): void {
    this.#tags.push(tag)
  }

  ack(tag: number): void {
    const count = this.#acks.push(tag)
    if (count <= this.mayWait) this.#timer ??= setTimeout(() => this.flush(), this.#longestWaitMs)
    // With what else is acknowledged in this turn of the event loop.
    else if (count === this.mayWait + 1) queueMicrotask(() => this.flush())
  }

  /** @param requeue - whether the broker delivers it to somebody else, or dead-letters it. */
  reject(tag: number, requeue: boolean): void {
    this.#settled.add(tag)
    send(() => this.#channel.nack(messageOf(tag), false, requeue))
    this.#advance()
  }

  /** Sends the acknowledgements that wait. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const acks = this.#acks
    this.#acks = []
    for (const tag of acks) this.#settled.add(tag)
    const settledUpTo = this.#advance()
    // A tag must be unsettled in the broker's eyes, also when it stands for those before it.
    const last = acks.reduce((highest, tag) => (tag <= settledUpTo && tag > highest ? tag : highest), 0)
    if (last > 0) send(() => this.#channel.ack(messageOf(last), true))
    for (const tag of acks) if (tag > settledUpTo) send(() => this.#channel.ack(messageOf(tag)))
  }

  /** Forgets the settled deliveries at the head; gives the highest tag up to which all are settled. */
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

/** All that amqplib looks at to settle a message. */
function messageOf(deliveryTag: number): Parameters<Channel['ack']>[0] {
  return { fields: { deliveryTag } } as Parameters<Channel['ack']>[0]
}

/** On a closed channel amqplib throws; there the broker has taken the message back already. */
function send(settle: () => void): void {
  try {
    settle()
  } catch (error) {
    if ((error as Error).name !== 'IllegalOperationError') throw error
  }
}
