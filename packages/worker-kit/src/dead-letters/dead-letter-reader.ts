import type { Channel, ConfirmChannel, ConsumeMessage } from 'amqplib'
import { closeChannel } from '../amqp/close.ts'
import { answered } from '../amqp/outages.ts'
import { delay, monotonicMs } from '../real-timers.ts'

/** How often to look whether messages that do not come are gone, in milliseconds. */
const STALL_CHECK_MS = 500

/** How long the broker may take to close the channel, in milliseconds: it first handles the acknowledgements of all removed
 *  messages. */
const SETTLE_PATIENCE_MS = 30_000

/** How long the broker may take to requeue the messages that were only read, in milliseconds. */
const REQUEUE_PATIENCE_MS = 5_000

/** A quorum queue delivers requeued messages before messages that were never delivered, and requeues behind those. So only a
 *  reading to the queue's end keeps the order. It requeues consumer by consumer, in the order of their tags, up to 32
 *  consumers: so the windows grow, and 816,000 messages keep their order (`docs/decisions`, dead letters). */
const SMALL_WINDOW = 1_000
const LARGE_WINDOW = 50_000
const SMALL_WINDOWS = 16

interface Tagged {
  readonly fields: { readonly deliveryTag: number }
}

interface DeadLetterReaderDeps {
  channel: ConfirmChannel
  observer: Channel
  queue: string
  total: number
  renewalCount: number
}

/** The one reader of a dead-letter queue. All messages that it has read stay in flight until it is closed. */
export class DeadLetterReader {
  readonly #deps: DeadLetterReaderDeps
  readonly #lost: Promise<never>
  /** Messages that were read so often that a copy must replace them, by their delivery tag. */
  readonly #worn = new Map<number, ConsumeMessage>()
  #windows = 0
  #read = 0
  #removed = 0
  #removedOneByOne = false

  constructor(deps: DeadLetterReaderDeps) {
    this.#deps = deps
    this.#lost = new Promise((_resolve, reject) => {
      deps.channel.once('close', () => reject(new Error('The connection to the broker was lost')))
    })
    this.#lost.catch(() => undefined)
  }

  /** Messages in the queue when the reading began. */
  get total(): number {
    return this.#deps.total
  }

  /** The messages window by window, up to the queue's end at the time when the reading began. */
  windows(): AsyncGenerator<ConsumeMessage[]> {
    return this.#kept(message => message)
  }

  /** Removes the messages that a function selects. Reads the queue to its end, and keeps no message in memory.
   *  @returns how many were removed */
  async removeWhere(isToRemove: (message: ConsumeMessage) => boolean): Promise<number> {
    const before = this.#removed
    const windows = this.#kept(message => (isToRemove(message) ? tagOf(message) : undefined))
    for await (const window of windows) for (const message of window) this.remove(message)
    return this.#removed - before
  }

  /** Removes messages from the head of a queue of which nothing was read. Reads no others.
   *  @returns how many were removed */
  async removeOldest(count: number): Promise<number> {
    let removed = 0
    while (removed < count) {
      const wanted = Math.min(LARGE_WINDOW, count - removed)
      const { kept } = await this.#fetch(wanted, tagOf)
      const last = kept.at(-1)
      // One acknowledgement for all: every message that this channel has got is removed.
      if (last) this.#deps.channel.ack(last as ConsumeMessage, true)
      removed += kept.length
      if (kept.length < wanted) break
    }
    this.#worn.clear()
    this.#removed += removed
    return removed
  }

  remove(message: Tagged): void {
    this.#deps.channel.ack(message as ConsumeMessage)
    this.#worn.delete(message.fields.deliveryTag)
    this.#removed += 1
    this.#removedOneByOne = true
  }

  /** Removes all messages of a queue of which nothing was read.
   *  @returns how many */
  async purge(): Promise<number> {
    if (this.total === 0) return 0
    const { messageCount } = await answered(this.#deps.observer.purgeQueue(this.#deps.queue))
    this.#removed += messageCount
    return messageCount
  }

  /** Resolves when the broker has requeued what was not removed, so that the next reader sees it.
   *  @param limitMs - how long the broker may take to handle what was removed, in milliseconds */
  async close(limitMs = SETTLE_PATIENCE_MS): Promise<void> {
    const { channel, observer, queue } = this.#deps
    await this.#renewWorn()
    if (this.#removedOneByOne) await this.#untilRemoved(limitMs)
    await closeChannel(channel, limitMs)
    if (this.total === 0) return
    const deadline = monotonicMs() + REQUEUE_PATIENCE_MS
    for (;;) {
      const { messageCount } = await answered(observer.checkQueue(queue))
      // At the deadline: an operator may have emptied the queue meanwhile.
      if (messageCount >= this.total - this.#removed || monotonicMs() > deadline) return
      await delay(5)
    }
  }

  /** What `keep` makes of the messages, window by window, up to the queue's end. */
  async *#kept<T>(keep: (message: ConsumeMessage) => T | undefined): AsyncGenerator<T[]> {
    while (this.#read < this.total) {
      const size = this.#windows < SMALL_WINDOWS ? SMALL_WINDOW : LARGE_WINDOW
      const wanted = Math.min(size, this.total - this.#read)
      const { received, kept } = await this.#fetch(wanted, keep)
      this.#read += received
      if (kept.length > 0) yield kept
      if (received < wanted) return
    }
  }

  async #fetch<T>(
    count: number,
    keep: (message: ConsumeMessage) => T | undefined,
  ): Promise<{ received: number; kept: T[] }> {
    const { channel, queue, renewalCount } = this.#deps
    const fetched = { received: 0, kept: [] as T[] }
    const complete = Promise.withResolvers<void>()
    const receive = (message: ConsumeMessage | null) => {
      if (!message) return complete.resolve()
      fetched.received += 1
      const kept = keep(message)
      if (kept !== undefined) fetched.kept.push(kept)
      if (deliveryCountOf(message) >= renewalCount) this.#worn.set(message.fields.deliveryTag, message)
      if (fetched.received === count) complete.resolve()
    }
    // Sorted tags: the broker requeues consumer by consumer, in the order of their tags.
    const consumerTag = `window-${String(this.#windows).padStart(2, '0')}`
    this.#windows += 1
    await answered(channel.prefetch(count))
    await answered(channel.consume(queue, receive, { consumerTag }))
    await Promise.race([complete.promise, this.#lost, this.#untilEmpty(fetched, complete.promise)])
    // A canceled consumer gets no further messages, and keeps those in flight.
    await answered(channel.cancel(consumerTag))
    return fetched
  }

  /** Resolves when no message comes because the queue has become empty. */
  async #untilEmpty(fetched: { readonly received: number }, complete: Promise<void>): Promise<void> {
    const completing = new AbortController()
    void complete.then(() => completing.abort())
    for (let seen = -1; !completing.signal.aborted; seen = fetched.received) {
      const { messageCount } = await answered(this.#deps.observer.checkQueue(this.#deps.queue))
      if (messageCount === 0 && seen === fetched.received) return
      await delay(STALL_CHECK_MS, undefined, { signal: completing.signal }).catch(() => undefined)
    }
  }

  /** Resolves when the queue has all acknowledgements. The channel of a quorum queue has 32 of them on their way at most; it
   *  forgets the others when it closes, and their messages come back. A new consumer goes through the queue's log, behind
   *  the acknowledgements that are on their way; by the answer to the second call the channel has sent the others, too. */
  async #untilRemoved(limitMs: number): Promise<void> {
    const { channel, queue } = this.#deps
    // The last of the sorted tags: a message that arrives meanwhile stays behind all others.
    const consumerTag = 'window-behind-all'
    await answered(channel.prefetch(1), limitMs)
    await answered(
      channel.consume(queue, () => undefined, { consumerTag }),
      limitMs,
    )
    await answered(channel.cancel(consumerTag), limitMs)
  }

  /** Puts copies at the queue's end, before the broker would drop a message for its number of deliveries. */
  async #renewWorn(): Promise<void> {
    if (this.#worn.size === 0) return
    const { channel, queue } = this.#deps
    for (const { content, properties } of this.#worn.values()) {
      const { 'x-delivery-count': _count, ...headers } = properties.headers ?? {}
      channel.sendToQueue(queue, content, { ...properties, headers, persistent: true })
    }
    await answered(channel.waitForConfirms())
    for (const message of this.#worn.values()) channel.ack(message)
  }
}

/** All that is needed to remove a message: the message itself may be large. */
function tagOf({ fields }: ConsumeMessage): Tagged {
  return { fields: { deliveryTag: fields.deliveryTag } }
}

function deliveryCountOf(message: ConsumeMessage): number {
  return Number(message.properties.headers?.['x-delivery-count'] ?? 0)
}
