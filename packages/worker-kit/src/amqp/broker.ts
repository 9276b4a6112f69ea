import { EventEmitter } from 'node:events'
import type { Channel, ChannelModel, RecoveringChannelModel, Replies } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { delay } from '../real-timers.ts'
import { type BrokerAddressSource, brokerAddresses } from './broker-addresses.ts'
import { BrokerConnection, connectTo, type Purpose } from './broker-connection.ts'
import { closeChannel } from './close.ts'
import { DeclaredTopologies, type Topology } from './declared-topologies.ts'
import { MAX_BODY_BYTES } from './message.ts'
import { answered, connectionLost, InternalErrors } from './outages.ts'
import { Publisher } from './publisher.ts'
import { declareTopology, parkingTopology, type QueueTopology, removeTopology } from './topology.ts'

/** How long a queue is not declared again that was removed under its consumers, in milliseconds: RabbitMQ 3.10 then forgets to tell them,
 *  and they keep deliveries that are gone. */
const CONSUMERS_TOLD_MS = 100

/** AMQP's code for what does not exist. */
const NOT_FOUND = 404

export type { Purpose } from './broker-connection.ts'

export interface BrokerOptions {
  /** Address with user, password and virtual host. Of a cluster the addresses of its nodes: each connection goes to the
   *  first, and when it is lost or cannot be made, to the next. */
  url: BrokerAddressSource
  /** How long a publish waits for the broker's confirm, in milliseconds; a lost connection is waited out in it. Integer >= 1. @default 30_000 */
  confirmTimeoutMs?: number
  /** Largest message body, in bytes. Integer >= 1. @default 16 MiB */
  maxMessageBytes?: number
  /** Whether jobs' messages are encoded here and not by amqplib, which costs more processor time. @default true */
  fastPublish?: boolean
  /** @default silent */
  logger?: Logger
  /** Whether missing exchanges and queues are declared; else what is there is used as it is. @default true */
  declares?: boolean
}

/** A process's way to one broker: two connections, opened when first needed and restored when lost. A broker that is short
 *  of memory blocks connections that publish, acknowledgements included: so publishing has its own.
 *  The event `error` says, at every attempt, why the broker cannot be reached, or why it has closed a connection;
 *  `released` comes when the last user has left. */
export class Broker extends EventEmitter<{ error: [Error]; released: [] }> {
  readonly publisher: Publisher
  readonly #addresses: ReturnType<typeof brokerAddresses>
  readonly #declares: boolean
  readonly #connections: Readonly<Record<Purpose, BrokerConnection>>
  readonly #topologies = new DeclaredTopologies(topology => this.#declare(topology))
  readonly #internalErrors = new InternalErrors()
  #users = 0

  /** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` for an address that is none, or an empty list */
  constructor(options: BrokerOptions) {
    super()
    const { url, confirmTimeoutMs = 30_000, maxMessageBytes = MAX_BODY_BYTES } = options
    const { logger = silentLogger, declares = true, fastPublish = true } = options
    this.#addresses = brokerAddresses(url)
    this.#declares = declares
    this.publisher = new Publisher(this, { confirmTimeoutMs, maxBodyBytes: maxMessageBytes, fastPublish })
    const connectionTo = (purpose: Purpose) =>
      this.#heard(new BrokerConnection(purpose, { addresses: this.#addresses, fastPublish, logger }))
    this.#connections = { publish: connectionTo('publish'), consume: connectionTo('consume') }
    this.#connections.publish.on('outage', reason => this.publisher.noteOutage(reason))
    // Every queue and worker listens.
    this.setMaxListeners(0)
    this.on('error', error => logger.warn({ err: error }, 'broker error'))
  }

  /** Connection that only publishes and declares.
   *  @throws {WorkerKitError} `ERR_CLOSED` when the last user has released this broker */
  async publishing(): Promise<RecoveringChannelModel> {
    this.#refuseIfReleased()
    return this.#connections.publish.open()
  }

  /** Connection that only consumes and acknowledges.
   *  @throws {WorkerKitError} `ERR_CLOSED` when the last user has released this broker */
  async consuming(): Promise<RecoveringChannelModel> {
    this.#refuseIfReleased()
    return this.#connections.consume.open()
  }

  /** A connection of the caller's own, which is not restored when it is lost; the caller closes it.
   *  @throws {WorkerKitError} `ERR_CONNECT` */
  async open(purpose: string): Promise<ChannelModel> {
    let failure: Error | undefined
    for (const address of await this.#addresses()) {
      try {
        return await connectTo(address, purpose)
      } catch (error) {
        failure = error as Error
      }
    }
    throw failure
  }

  /** Declares a queue's topology, once for every time that the broker was connected. Waits for the broker without a
   *  limit: who cannot wait so long limits the wait. */
  declare(topology: Topology): Promise<void> {
    return this.#topologies.declare(topology)
  }

  /** Whether `declare` has nothing to do. */
  isDeclared(topology: { queue: string }): boolean {
    return this.#topologies.has(topology)
  }

  /** Whether missing exchanges and queues are declared. */
  get declares(): boolean {
    return this.#declares
  }

  /** Makes the next `declare` of this topology ask the broker. */
  forget(topology: { queue: string }): void {
    this.#topologies.forget(topology)
  }

  /** Deletes a queue's topology with all its messages.
   *  @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer */
  async remove(topology: QueueTopology): Promise<void> {
    const connection = await this.publishing()
    const { consumerCount = 0 } = (await this.depth(topology.queue, 'publish')) ?? {}
    await answered(onOwnChannel(connection, channel => removeTopology(channel, topology)))
    if (consumerCount > 0) await delay(CONSUMERS_TOLD_MS)
    this.forget(topology)
    this.forget(parkingTopology(topology))
  }

  /** Removes the messages of a queue that wait; those that consumers hold stay. Nothing happens to a queue that does not exist.
   *  @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer */
  async purge(queue: string): Promise<void> {
    const connection = await this.publishing()
    await unlessMissing(answered(onOwnChannel(connection, channel => channel.purgeQueue(queue))))
  }

  /** Resolves when the broker answers.
   *  @param purposes - connections on which to ask. @default both
   *  @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer */
  async check(purposes: readonly Purpose[] = ['publish', 'consume']): Promise<void> {
    for (const purpose of purposes)
      await answered(onOwnChannel(await this.#open(purpose), async () => undefined))
  }

  /** How many messages that wait, and consumers, a queue has; `undefined` when it does not exist.
   *  @param on - the connection to ask on. A broker that is short of memory does not read the one that publishes. @default 'consume'
   *  @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer */
  async depth(queue: string, on: Purpose = 'consume'): Promise<Replies.AssertQueue | undefined> {
    const connection = await this.#open(on)
    return unlessMissing(answered(onOwnChannel(connection, channel => channel.checkQueue(queue))))
  }

  /** As `depth`, of two queues; `undefined` when one does not exist. */
  async depths(
    first: string,
    second: string,
  ): Promise<[Replies.AssertQueue, Replies.AssertQueue] | undefined> {
    const [one, other] = await Promise.all([this.depth(first), this.depth(second)])
    return one && other && [one, other]
  }

  /** How often each connection came back after it was lost. */
  get reconnects(): Readonly<Record<Purpose, number>> {
    const { publish, consume } = this.#connections
    return { publish: publish.reconnects, consume: consume.reconnects }
  }

  /** Counts a user of this broker; the last one to `release` closes the connections. */
  retain(): void {
    this.#users += 1
  }

  /** Ends a user's use. The last one's call resolves when the connections are closed, or in `CLOSE_TIMEOUT_MS`. */
  async release(): Promise<void> {
    this.#users -= 1
    if (this.#users > 0) return
    this.emit('released')
    this.#topologies.forgetAll()
    // Not awaited: the publisher's channel closes with its connection.
    void this.publisher.close()
    // Both at once: while one hangs, the other must not go on connecting.
    await Promise.all(Object.values(this.#connections).map(connection => connection.close()))
  }

  #open(purpose: Purpose): Promise<RecoveringChannelModel> {
    return purpose === 'publish' ? this.publishing() : this.consuming()
  }

  #heard(connection: BrokerConnection): BrokerConnection {
    connection.on('lost', () => this.#topologies.forgetAll())
    connection.on('unreachable', error => this.emit('error', error))
    connection.on('broken', cause => {
      if (this.#internalErrors.isTold(cause)) this.emit('error', connectionLost(cause))
    })
    return connection
  }

  /** A late retry must not open a connection that nobody closes. */
  #refuseIfReleased(): void {
    if (this.#users <= 0) throw new WorkerKitError('ERR_CLOSED', 'The connection to the broker was closed')
  }

  async #declare(topology: Topology): Promise<void> {
    if (!this.#declares) return
    await onOwnChannel(await this.publishing(), channel => declareTopology(channel, topology))
  }
}

/** The answer of a call; `undefined` when the broker has no such queue. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_FOUND) return undefined
    throw error
  }
}

/** Runs calls on a channel of their own: a call that the broker refuses closes its channel, and nothing else. */
async function onOwnChannel<T>(
  connection: RecoveringChannelModel,
  use: (channel: Channel) => Promise<T>,
): Promise<T> {
  const channel = await connection.createChannel()
  channel.on('error', () => undefined)
  try {
    return await use(channel)
  } finally {
    await closeChannel(channel)
  }
}
