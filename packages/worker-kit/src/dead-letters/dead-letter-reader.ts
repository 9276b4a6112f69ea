import { setTimeout as delay } from 'node:timers/promises'
import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib'
import type { Broker } from '../amqp/broker.ts'
import { lockForReading } from './reading-lock.ts'

/** How long to wait for another reader, in milliseconds. */
const READER_PATIENCE_MS = 30_000

/** Every look at a message counts as a delivery. The queue's limit is 1,000,000; past it the broker drops a message. */
const RENEWAL_COUNT = 500_000

/** How often to look whether messages that do not come are gone, in milliseconds. */
const STALL_CHECK_MS = 500

/** How long the broker may take to have the messages back that were only looked at, in milliseconds. */
const RETURN_PATIENCE_MS = 5_000

/** A quorum queue delivers what was given back before what was never delivered, and appends to it what is given back
 *  next: only a reading that goes on to the end leaves the order as it is. It gives back consumer by consumer, in the
 *  order of their tags up to 32 consumers: so the windows grow, and 816,000 messages keep their order
 *  (`docs/decisions`, dead letters). */
const SMALL_WINDOW = 1_000
const LARGE_WINDOW = 50_000
const SMALL_WINDOWS = 16

export interface DeadLetterReaderOptions {
  /** @default 30_000 */
  patienceMs?: number
  /** @default 500_000 */
  renewalCount?: number
}

/** Lets `read` look at a dead-letter queue from its head on. What it does not remove goes back to where it was. */
export async function readDeadLetterQueue<T>(
  broker: Broker,
  queue: string,
  read: (reader: DeadLetterReader) => Promise<T>,
  { patienceMs = READER_PATIENCE_MS, renewalCount = RENEWAL_COUNT }: DeadLetterReaderOptions = {},
): Promise<T> {
  const connection = await broker.open('dead letters')
  // Whatever goes wrong with the connection fails the next call on it.
  connection.on('error', () => undefined)
  try {
    await lockForReading(connection, queue, patienceMs)
    const reader = await openReader(connection, queue, renewalCount)
    const result = await read(reader).catch(async error => {
      await reader.close().catch(() => undefined)
      throw error
    })
    await reader.close()
    return result
  } finally {
    // Closing gives everything back that was not removed.
    await connection.close().catch(() => undefined)
  }
}

async function openReader(
  connection: ChannelModel,
  queue: string,
  renewalCount: number,
): Promise<DeadLetterReader> {
  const channel = await connection.createConfirmChannel()
  const observer = await connection.createChannel()
  for (const each of [channel, observer]) each.on('error', () => undefined)
  const { messageCount } = await observer.checkQueue(queue)
  return new DeadLetterReader({ channel, observer, queue, total: messageCount, renewalCount })
}

interface DeadLetterReaderDeps {
  channel: ConfirmChannel
  observer: Channel
  queue: string
  total: number
  renewalCount: number
}

/** The one reader of a dead-letter queue. It holds what it has read until it is closed. */
export class DeadLetterReader {
  readonly #deps: DeadLetterReaderDeps
  readonly #lost: Promise<never>
  /** Seen so often that a fresh copy is due. */
  readonly #worn = new Set<ConsumeMessage>()
  #windows = 0
  #read = 0
  #removed = 0

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

  /** The messages window by window, until the queue's end as it was when the reading began. */
  async *windows(): AsyncGenerator<ConsumeMessage[]> {
    while (this.#read < this.total) {
      const size = this.#windows < SMALL_WINDOWS ? SMALL_WINDOW : LARGE_WINDOW
      const wanted = Math.min(size, this.total - this.#read)
      const messages = await this.#fetch(wanted)
      this.#read += messages.length
      if (messages.length > 0) yield messages
      if (messages.length < wanted) return
    }
  }

  remove(message: ConsumeMessage): void {
    this.#deps.channel.ack(message)
    this.#worn.delete(message)
    this.#removed += 1
  }

  /** Removes all; gives how many messages that were. Nothing may have been read. */
  async purge(): Promise<number> {
    const { messageCount } = await this.#deps.observer.purgeQueue(this.#deps.queue)
    this.#removed += messageCount
    return messageCount
  }

  /** Resolves when the broker has taken back what was not removed: the next reader shall see it. */
  async close(): Promise<void> {
    const { channel, observer, queue } = this.#deps
    await this.#renewWorn()
    await channel.close()
    const deadline = performance.now() + RETURN_PATIENCE_MS
    for (;;) {
      const { messageCount } = await observer.checkQueue(queue)
      // An operator may have emptied the queue meanwhile.
      if (messageCount >= this.total - this.#removed || performance.now() > deadline) return
      await delay(5)
    }
  }

  async #fetch(count: number): Promise<ConsumeMessage[]> {
    const { channel, queue } = this.#deps
    const messages: ConsumeMessage[] = []
    const complete = Promise.withResolvers<void>()
    const receive = (message: ConsumeMessage | null) => {
      if (message) messages.push(message)
      if (!message || messages.length === count) complete.resolve()
    }
    // Sorted tags: the broker gives back consumer by consumer, in the order of their tags.
    const consumerTag = `window-${String(this.#windows).padStart(2, '0')}`
    this.#windows += 1
    await channel.prefetch(count)
    await channel.consume(queue, receive, { consumerTag })
    await Promise.race([complete.promise, this.#lost, this.#untilEmpty(messages, complete.promise)])
    // What is canceled gets nothing more, and keeps what it has.
    await channel.cancel(consumerTag)
    for (const message of messages)
      if (deliveryCountOf(message) >= this.#deps.renewalCount) this.#worn.add(message)
    return messages
  }

  /** Resolves when messages stay out because the queue has become empty. */
  async #untilEmpty(messages: ConsumeMessage[], complete: Promise<void>): Promise<void> {
    const completing = new AbortController()
    void complete.then(() => completing.abort())
    for (let seen = -1; !completing.signal.aborted; seen = messages.length) {
      const { messageCount } = await this.#deps.observer.checkQueue(this.#deps.queue)
      if (messageCount === 0 && seen === messages.length) return
      await delay(STALL_CHECK_MS, undefined, { signal: completing.signal }).catch(() => undefined)
    }
  }

  /** Puts fresh copies at the queue's end, before the broker would drop a message for having been seen so often. */
  async #renewWorn(): Promise<void> {
    const { channel, queue } = this.#deps
    for (const { content, properties } of this.#worn) {
      const { 'x-delivery-count': _count, ...headers } = properties.headers ?? {}
      channel.sendToQueue(queue, content, { ...properties, headers, persistent: true })
    }
    await channel.waitForConfirms()
    for (const message of this.#worn) channel.ack(message)
  }
}

function deliveryCountOf(message: ConsumeMessage): number {
  return Number(message.properties.headers?.['x-delivery-count'] ?? 0)
}
