import type { ConfirmChannel, RecoveringChannelModel } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { clearTimeout, monotonicMs, setImmediate, setTimeout } from '../real-timers.ts'
import { shorten } from '../shorten.ts'
import type { Topology } from './declared-topologies.ts'
import { type PublishChannel, publishChannel } from './fast-publish/index.ts'
import { type KeptChannel, keepChannel } from './kept-channel.ts'
import { idOf, type JobMessage } from './message.ts'

interface Outgoing {
  readonly key: string
  readonly topology: Topology
  message: JobMessage
  /** "": the default exchange, which leads to the topology's own queue. */
  readonly exchange: string
  readonly resolve: () => void
  readonly reject: (error: Error) => void
  /** By `monotonicMs`. */
  readonly deadline: number
  /** The broker had no queue for it. */
  unroutable: boolean
  /** Its topology is being declared: it must not go to a queue that may be another one. */
  isHeld: boolean
  /** How often the broker had no place for it. */
  misses: number
  lastError?: Error
}

export interface PublisherOptions {
  confirmTimeoutMs: number
  maxBodyBytes: number
  fastPublish: boolean
}

/** What the publisher needs of its broker. */
interface PublishingBroker {
  publishing(): Promise<RecoveringChannelModel>
  declare(topology: Topology): Promise<void>
  /** Whether `declare` has nothing to do. */
  isDeclared(topology: Topology): boolean
  forget(topology: Topology): void
}

/** The broker's text when it closes the channel because of a message. */
const TOO_LARGE = /message size \d+ is larger than (?:configured )?max size (\d+)/

/** The broker's text when it closes the channel because of an exchange that is missing, or that the user may not write to. */
const REFUSED_EXCHANGE = /exchange '(.*?)' in vhost/

/** How long a message waits at most that the broker has no place for, although its topology was declared again, in milliseconds. */
const LONGEST_MISS_WAIT_MS = 1_000

/** Publishes jobs on one confirm channel, pipelined. Messages that were not confirmed when a channel was lost are published
 *  again on the next channel: a second copy is harmless, since a job's stamp lets only one copy start it. */
export class Publisher {
  readonly #broker: PublishingBroker
  readonly #confirmTimeoutMs: number
  #maxBodyBytes: number
  /** The broker's own limit, once the broker has told it. */
  #brokersMaxBytes = Number.POSITIVE_INFINITY
  #outage: Error | undefined
  readonly #unconfirmed = new Map<string, Outgoing>()
  readonly #unsent = new Set<Outgoing>()
  #channel: KeptChannel<ConfirmChannel> | undefined
  readonly #fastPublish: boolean
  #publishing: PublishChannel | undefined
  /** Runs out with the oldest unconfirmed message: all have the same time, and the map has them in order. */
  #timer: NodeJS.Timeout | undefined
  #writable = true
  #sequence = 0
  readonly #counts = { confirmed: 0, unconfirmed: 0 }

  constructor(broker: PublishingBroker, options: PublisherOptions) {
    this.#broker = broker
    this.#confirmTimeoutMs = options.confirmTimeoutMs
    this.#maxBodyBytes = options.maxBodyBytes
    this.#fastPublish = options.fastPublish
  }

  /** Largest body of a job's message, in bytes: as configured, or the broker's own limit when that is lower. */
  get maxBodyBytes(): number {
    return this.#maxBodyBytes
  }

  /** @param reason - why the broker takes no messages now; `undefined`: it takes them again */
  noteOutage(reason: Error | undefined): void {
    this.#outage = reason
  }

  /** Resolves once the broker has confirmed the message; a quorum queue has then fsynced it on a majority.
   *  @param exchange - of the topology. @default the queue of jobs itself
   *  @throws {WorkerKitError} after `confirmTimeoutMs` `ERR_PUBLISH_UNCONFIRMED`, or `ERR_ADD_UNCONFIRMED` when nobody has
   *    recorded the job; `ERR_TOPOLOGY_MISMATCH`, `ERR_JOB_TOO_LARGE` when the broker takes no message of that size,
   *    `ERR_MALFORMED_MESSAGE` when AMQP cannot carry a property or header */
  publish(topology: Topology, message: JobMessage, exchange = ''): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#sequence += 1
      const key = String(this.#sequence)
      const deadline = monotonicMs() + this.#confirmTimeoutMs
      const outgoing: Outgoing = {
        key,
        topology,
        message,
        exchange,
        resolve,
        reject,
        deadline,
        unroutable: false,
        isHeld: false,
        misses: 0,
      }
      this.#unconfirmed.set(key, outgoing)
      if (!this.#fits(outgoing)) return
      this.#timer ??= setTimeout(() => this.#giveUpOverdue(), this.#confirmTimeoutMs)
      if (this.#channel?.current && this.#broker.isDeclared(topology)) this.#enqueue(outgoing)
      else void this.#declareAndSend(outgoing)
    })
  }

  /** How many messages the broker has confirmed, and how many were given up. */
  get counts(): Readonly<Record<'confirmed' | 'unconfirmed', number>> {
    return this.#counts
  }

  async close(): Promise<void> {
    const channel = this.#channel
    this.#channel = undefined
    for (const outgoing of this.#unconfirmed.values()) this.#giveUp(outgoing, 'the publisher was closed')
    clearTimeout(this.#timer)
    this.#timer = undefined
    await channel?.close()
  }

  async #declareAndSend(outgoing: Outgoing): Promise<void> {
    outgoing.isHeld = true
    try {
      await this.#broker.declare(outgoing.topology)
      await this.#openChannel()
    } catch (error) {
      if (error instanceof WorkerKitError && error.code !== 'ERR_ACCESS_REFUSED')
        return this.#settle(outgoing, error)
      outgoing.lastError = error as Error
      // The connection was lost during the declaration, or rights are missing, which may be given now. The next one waits for the broker,
      // until the message's deadline.
      this.#declareAndSendAfter(100, outgoing)
      return
    }
    outgoing.isHeld = false
    this.#enqueue(outgoing)
  }

  async #openChannel(): Promise<void> {
    if (this.#channel) return
    const connection = await this.#broker.publishing()
    this.#channel ??= keepChannel(connection, {
      open: connection => connection.createConfirmChannel(),
      onOpen: channel => this.#onOpen(channel),
      onLost: () => {
        this.#writable = false
      },
      onError: error => this.#onError(error),
    })
  }

  #onError(error: Error): void {
    const limit = TOO_LARGE.exec(error.message)?.[1]
    if (limit !== undefined) {
      this.#brokersMaxBytes = Number(limit)
      this.#maxBodyBytes = Math.min(this.#maxBodyBytes, this.#brokersMaxBytes)
    }
    const exchange = REFUSED_EXCHANGE.exec(error.message)?.[1]
    for (const outgoing of this.#unconfirmed.values()) {
      outgoing.lastError = error
      // Published again as it is, it would close the next channel, too, under all others.
      if (outgoing.exchange === exchange) this.#declareAgain(outgoing)
      else this.#fits(outgoing)
    }
  }

  /** The broker has no place for a message. After the first time a declaration seems not to help, and the message waits. */
  #declareAgain(outgoing: Outgoing): void {
    this.#broker.forget(outgoing.topology)
    outgoing.isHeld = true
    const waitMs = outgoing.misses === 0 ? 0 : Math.min(100 * 2 ** outgoing.misses, LONGEST_MISS_WAIT_MS)
    outgoing.misses += 1
    if (waitMs === 0) void this.#declareAndSend(outgoing)
    else this.#declareAndSendAfter(waitMs, outgoing)
  }

  #declareAndSendAfter(waitMs: number, outgoing: Outgoing): void {
    setTimeout(() => {
      if (this.#unconfirmed.has(outgoing.key)) void this.#declareAndSend(outgoing)
    }, waitMs)
  }

  /** Makes a message as small as the broker takes. A message that cannot be made so small must not be published again: every
   *  time the broker would close the channel under all others. */
  #fits(outgoing: Outgoing): boolean {
    const limit = this.#brokersMaxBytes
    if (outgoing.message.content.length <= limit) return true
    outgoing.message = outgoing.message.within?.(limit) ?? outgoing.message
    if (outgoing.message.content.length <= limit) return true
    const text = `Message ${shownId(outgoing.message)} of queue "${outgoing.topology.queue}" is larger than the broker takes: ${limit} bytes (max_message_size)`
    this.#settle(outgoing, new WorkerKitError('ERR_JOB_TOO_LARGE', text))
    return false
  }

  #onOpen(channel: ConfirmChannel): void {
    channel.on('drain', () => {
      this.#writable = true
      this.#flush()
    })
    channel.on('return', message => {
      const outgoing = this.#unconfirmed.get(message.properties.correlationId)
      if (outgoing) outgoing.unroutable = true
    })
    // All unconfirmed messages are published again, in their old order, once the channel counts as open.
    this.#unsent.clear()
    for (const outgoing of this.#unconfirmed.values()) if (!outgoing.isHeld) this.#unsent.add(outgoing)
    setImmediate(() => {
      this.#writable = true
      this.#flush()
    })
  }

  #flush(): void {
    const channel = this.#channel?.current
    if (!channel) return
    for (const outgoing of this.#unsent) {
      if (!this.#writable) return
      this.#unsent.delete(outgoing)
      if (this.#unconfirmed.has(outgoing.key)) this.#send(channel, outgoing)
    }
  }

  #send(channel: ConfirmChannel, outgoing: Outgoing): void {
    const { topology, message, exchange, key: correlationId } = outgoing
    const routingKey = exchange === '' ? topology.queue : ''
    const confirmed = (error: Error | null) => this.#onConfirm(channel, outgoing, error)
    try {
      this.#writable = this.#on(channel).publish({ exchange, routingKey, correlationId }, message, confirmed)
    } catch (error) {
      // The channel has closed; the next channel publishes the message.
      if ((error as Error).name === 'IllegalOperationError') outgoing.lastError ??= error as Error
      else this.#settle(outgoing, unencodable(outgoing, error as Error))
    }
  }

  #on(channel: ConfirmChannel): PublishChannel {
    if (this.#publishing?.channel !== channel) this.#publishing = publishChannel(channel, this.#fastPublish)
    return this.#publishing
  }

  #onConfirm(channel: ConfirmChannel, outgoing: Outgoing, error: Error | null): void {
    if (!this.#unconfirmed.has(outgoing.key)) return
    if (outgoing.unroutable) {
      outgoing.unroutable = false
      outgoing.lastError = new Error(`the queue "${outgoing.topology.queue}" did not exist`)
      this.#declareAgain(outgoing)
    } else if (error) {
      outgoing.lastError ??= error
      // A nack is tried again here. A lost channel rejects all its messages: those the next channel publishes.
      setTimeout(() => {
        if (this.#channel?.current === channel && !outgoing.isHeld) this.#enqueue(outgoing)
      }, 100)
    } else {
      this.#settle(outgoing)
    }
  }

  #enqueue(outgoing: Outgoing): void {
    this.#unsent.add(outgoing)
    this.#flush()
  }

  #giveUpOverdue(): void {
    this.#timer = undefined
    const now = monotonicMs()
    for (const outgoing of this.#unconfirmed.values()) {
      if (outgoing.deadline > now) {
        this.#timer = setTimeout(() => this.#giveUpOverdue(), outgoing.deadline - now)
        return
      }
      this.#giveUp(outgoing)
    }
  }

  #giveUp(outgoing: Outgoing, reason = `no confirm within ${this.#confirmTimeoutMs} ms`): void {
    const cause = this.#outage ?? outgoing.lastError
    this.#settle(outgoing, unconfirmed(outgoing, cause ? `${reason} (${cause.message})` : reason, cause))
  }

  #settle(outgoing: Outgoing, error?: Error): void {
    this.#unconfirmed.delete(outgoing.key)
    this.#unsent.delete(outgoing)
    if (error) {
      this.#counts.unconfirmed += 1
      outgoing.reject(error)
    } else {
      this.#counts.confirmed += 1
      outgoing.resolve()
    }
  }
}

function unconfirmed({ message, topology }: Outgoing, reason: string, cause?: Error): WorkerKitError {
  const job = `Job ${shownId(message)} of queue "${topology.queue}"`
  if (message.isUnrecorded) {
    const text = `${job} may not have been added: the broker has not confirmed it: ${reason}. Add it again under the same id: that never makes two.`
    return new WorkerKitError('ERR_ADD_UNCONFIRMED', text, { cause, jobId: String(idOf(message)) })
  }
  const text =
    `${job} is recorded in Redis, but the broker has not confirmed its message: ${reason}. ` +
    'Do not add it again: a worker publishes it once the broker is back.'
  return new WorkerKitError('ERR_PUBLISH_UNCONFIRMED', text, { cause })
}

function unencodable({ message, topology }: Outgoing, cause: Error): WorkerKitError {
  const text = `Message ${shownId(message)} of queue "${topology.queue}" cannot be sent by AMQP: ${cause.message}`
  return new WorkerKitError('ERR_MALFORMED_MESSAGE', text, { cause })
}

function shownId(message: JobMessage): string {
  return shorten(String(idOf(message)), 100)
}
