import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib'
import type { Broker } from '../amqp/broker.ts'
import { CLOSE_TIMEOUT_MS, closeChannel, closeConnection } from '../amqp/close.ts'
import { answered } from '../amqp/outages.ts'
import { delay, monotonicMs } from '../real-timers.ts'
import { lockForReading } from './reading-lock.ts'

/** How long to wait for another reader, in milliseconds. */
const READER_PATIENCE_MS = 30_000

/** Every reading of a message counts as a delivery. Beyond the queue's limit of 1,000,000 the broker drops the message. */
const RENEWAL_COUNT = 500_000

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

/** AMQP's code for what does not exist. */
const NOT_FOUND = 404

export interface DeadLetterReaderOptions {
  /** How long to wait for another reader, in milliseconds. @default 30_000 */
  patienceMs?: number
  /** After how many readings a message is replaced by a copy. @default 500_000 */
  renewalCount?: number
}

/** Runs `read` on a dead-letter queue, from its head on. Messages that `read` does not remove are requeued in their order.
 *  @throws {WorkerKitError} `ERR_CONNECT`, `ERR_DEAD_LETTERS_BUSY` */
export async function readDeadLetterQueue<T>(
  broker: Broker,
  queue: string,
  read: (reader: DeadLetterReader) => Promise<T>,
  { patienceMs = READER_PATIENCE_MS, renewalCount = RENEWAL_COUNT }: DeadLetterReaderOptions = {},
): Promise<T> {
  const connection = await broker.open('dead letters')
  // An error of the connection fails the next call on it.
  connection.on('error', () => undefined)
  try {
    await lockForReading(connection, queue, patienceMs)
    const reader = await openReader(connection, queue, renewalCount)
    const result = await read(reader).catch(async error => {
      await reader.close(CLOSE_TIMEOUT_MS).catch(() => undefined)
      throw error
    })
    await reader.close()
    return result
  } finally {
    // The broker requeues what was not removed.
    await closeConnection(connection)
  }
}

async function openReader(
  connection: ChannelModel,
  queue: string,
  renewalCount: number,
): Promise<DeadLetterReader> {
  const channel = await answered(connection.createConfirmChannel())
  const observer = await answered(connection.createChannel())
  for (const each of [channel, observer]) each.on('error', () => undefined)
  const total = await answered(observer.checkQueue(queue)).then(
    ({ messageCount }) => messageCount,
    error => {
      // A queue that does not exist has no letters.
      if (error.code === NOT_FOUND) return 0
      throw error
    },
  )
  return new DeadLetterReader({ channel, observer, queue, total, renewalCount })
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
  /** Messages that were read so often that a copy must replace them. */
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

  /** The messages window by window, up to the queue's end at the time when the reading began. */
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

  async #fetch(count: number): Promise<ConsumeMessage[]> {
    const { channel, queue } = this.#deps
    const messages: ConsumeMessage[] = []
    const complete = Promise.withResolvers<void>()
    const receive = (message: ConsumeMessage | null) => {
      if (message) messages.push(message)
      if (!message || messages.length === count) complete.resolve()
    }
    // Sorted tags: the broker requeues consumer by consumer, in the order of their tags.
    const consumerTag = `window-${String(this.#windows).padStart(2, '0')}`
    this.#windows += 1
    await answered(channel.prefetch(count))
    await answered(channel.consume(queue, receive, { consumerTag }))
    await Promise.race([complete.promise, this.#lost, this.#untilEmpty(messages, complete.promise)])
    // A canceled consumer gets no further messages, and keeps those in flight.
    await answered(channel.cancel(consumerTag))
    for (const message of messages)
      if (deliveryCountOf(message) >= this.#deps.renewalCount) this.#worn.add(message)
    return messages
  }

  /** Resolves when no message comes because the queue has become empty. */
  async #untilEmpty(messages: ConsumeMessage[], complete: Promise<void>): Promise<void> {
    const completing = new AbortController()
    void complete.then(() => completing.abort())
    for (let seen = -1; !completing.signal.aborted; seen = messages.length) {
      const { messageCount } = await answered(this.#deps.observer.checkQueue(this.#deps.queue))
      if (messageCount === 0 && seen === messages.length) return
      await delay(STALL_CHECK_MS, undefined, { signal: completing.signal }).catch(() => undefined)
    }
  }

  /** Puts copies at the queue's end, before the broker would drop a message for its number of deliveries. */
  async #renewWorn(): Promise<void> {
    if (this.#worn.size === 0) return
    const { channel, queue } = this.#deps
    for (const { content, properties } of this.#worn) {
      const { 'x-delivery-count': _count, ...headers } = properties.headers ?? {}
      channel.sendToQueue(queue, content, { ...properties, headers, persistent: true })
    }
    await answered(channel.waitForConfirms())
    for (const message of this.#worn) channel.ack(message)
  }
}

function deliveryCountOf(message: ConsumeMessage): number {
  return Number(message.properties.headers?.['x-delivery-count'] ?? 0)
}
