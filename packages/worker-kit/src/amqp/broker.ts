import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { type ChannelModel, connect, type RecoveringChannelModel, type Replies } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { delay } from '../real-timers.ts'
import { type BrokerAddress, type BrokerAddressSource, brokerAddresses } from './broker-addresses.ts'
import { gatherWrites } from './fast-publish/gather-writes.ts'
import { socketOf } from './fast-publish/socket-of.ts'
import { MAX_BODY_BYTES } from './message.ts'
import { connectionLost, InternalErrors, unreachable } from './outages.ts'
import { Publisher } from './publisher.ts'
import { recoveringConnection } from './recovering-connection.ts'
import {
  declareTopology,
  type ParkingTopology,
  parkingTopology,
  type QueueTopology,
  removeTopology,
} from './topology.ts'

/** How long one attempt to connect may take, in milliseconds: a node that hangs still accepts connections. */
const CONNECT_TIMEOUT_MS = 5_000

/** How long the connections may take to close, in milliseconds. A broker reads nothing, this included, from a connection
 *  that it has blocked; and of one that is lost while it closes amqplib says nothing. */
export const CLOSE_TIMEOUT_MS = 2_000

/** AMQP's code for what does not exist. */
const NOT_FOUND = 404

/** What a connection is for. */
export type Purpose = 'publish' | 'consume'

export interface BrokerOptions {
  /** Address with user, password and virtual host. Of a cluster the addresses of its nodes: each connection goes to the
   *  first, and when it is lost or cannot be made, to the next. */
  url: BrokerAddressSource
  /** How long a publish waits for the broker's confirm, in milliseconds; a lost connection is waited out in it. Integer >= 1. @default 30_000 */
  confirmTimeoutMs?: number
  /** Largest message body, in bytes. Integer >= 1. @default 16 MiB */
  maxMessageBytes?: number
  /** @default silent */
  logger?: Logger
  /** Whether missing exchanges and queues are declared; else what is there is used as it is. @default true */
  declares?: boolean
}

/** A process's way to one broker: two connections, opened when first needed and restored when lost.
 *  A broker short of memory blocks connections that publish, acknowledgements included: so publishing has its own.
 *  Its `error` says why it cannot connect, at every attempt, or why the broker has closed a connection. */
export class Broker extends EventEmitter<{ error: [Error] }> {
  readonly publisher: Publisher
  readonly #addresses: () => Promise<readonly [BrokerAddress, ...BrokerAddress[]]>
  readonly #logger: Logger
  readonly #declares: boolean
  readonly #declared = new Map<string, Promise<void>>()
  readonly #ready = new Set<string>()
  #publishing: Promise<RecoveringChannelModel> | undefined
  #consuming: Promise<RecoveringChannelModel> | undefined
  readonly #reconnects = { publish: 0, consume: 0 }
  readonly #sockets = new Set<Socket>()
  readonly #internalErrors = new InternalErrors()
  #users = 0

  /** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` for an address that is none, or an empty list */
  constructor(options: BrokerOptions) {
    super()
    const { url, confirmTimeoutMs = 30_000, maxMessageBytes = MAX_BODY_BYTES } = options
    const { logger = silentLogger, declares = true } = options
    this.#addresses = brokerAddresses(url)
    this.#logger = logger
    this.#declares = declares
    this.publisher = new Publisher(this, { confirmTimeoutMs, maxBodyBytes: maxMessageBytes })
    // One for each of its users.
    this.setMaxListeners(0)
    this.on('error', error => logger.warn({ err: error }, 'broker error'))
  }

  /** Connection that only publishes and declares.
   *  @throws {WorkerKitError} `ERR_CLOSED` when the last user has released this broker */
  async publishing(): Promise<RecoveringChannelModel> {
    this.#refuseIfReleased()
    this.#publishing ??= this.#connect('publish')
    return this.#publishing
  }

  /** Connection that only consumes and acknowledges.
   *  @throws {WorkerKitError} `ERR_CLOSED` when the last user has released this broker */
  async consuming(): Promise<RecoveringChannelModel> {
    this.#refuseIfReleased()
    this.#consuming ??= this.#connect('consume')
    return this.#consuming
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

  /** Declares a queue's topology, once for every time that the broker was connected. */
  declare(topology: QueueTopology | ParkingTopology): Promise<void> {
    let declared = this.#declared.get(topology.queue)
    if (!declared) {
      declared = this.#declare(topology)
      this.#declared.set(topology.queue, declared)
      const isCurrent = () => this.#declared.get(topology.queue) === declared
      declared.then(
        () => isCurrent() && this.#ready.add(topology.queue),
        () => isCurrent() && this.forget(topology),
      )
    }
    return declared
  }

  /** Whether `declare` has nothing to do. */
  isDeclared({ queue }: { queue: string }): boolean {
    return this.#ready.has(queue)
  }

  /** Makes the next `declare` of this topology ask the broker. */
  forget({ queue }: { queue: string }): void {
    this.#declared.delete(queue)
    this.#ready.delete(queue)
  }

  /** Deletes a queue's topology with all its messages. */
  async remove(topology: QueueTopology): Promise<void> {
    const channel = await (await this.publishing()).createChannel()
    channel.on('error', () => undefined)
    await removeTopology(channel, topology)
    await channel.close().catch(() => undefined)
    this.forget(topology)
    this.forget(parkingTopology(topology))
  }

  /** Resolves when the broker answers on both connections. */
  async check(): Promise<void> {
    for (const connection of [await this.publishing(), await this.consuming()]) {
      const channel = await connection.createChannel()
      await channel.close()
    }
  }

  /** How many messages that wait, and consumers, two queues have; `undefined` when one does not exist. */
  async depths(
    first: string,
    second: string,
  ): Promise<[Replies.AssertQueue, Replies.AssertQueue] | undefined> {
    // Not on the connection that publishes: the broker stops to read it when it is short of memory.
    const channel = await (await this.consuming()).createChannel()
    channel.on('error', () => undefined)
    try {
      const depths: [Replies.AssertQueue, Replies.AssertQueue] = [
        await channel.checkQueue(first),
        await channel.checkQueue(second),
      ]
      await channel.close()
      return depths
    } catch (error) {
      // It has closed the channel.
      if ((error as { code?: number }).code === NOT_FOUND) return undefined
      throw error
    }
  }

  /** How often each connection came back after it was lost. */
  get reconnects(): Readonly<Record<Purpose, number>> {
    return this.#reconnects
  }

  /** Counts a user of this broker; the last one to `release` closes the connections. */
  retain(): void {
    this.#users += 1
  }

  async release(): Promise<void> {
    this.#users -= 1
    if (this.#users > 0) return
    const opened = [this.#publishing, this.#consuming]
    this.#publishing = undefined
    this.#consuming = undefined
    this.#forgetAll()
    // At once: when one of them hangs, the other must not go on connecting.
    // The publisher's channel closes with its connection, of which amqplib then tells nobody.
    void this.publisher.close().catch(() => undefined)
    const closing = opened.map(async connection => (await connection)?.close())
    await this.#within(CLOSE_TIMEOUT_MS, Promise.all(closing))
  }

  async #within(timeoutMs: number, closed: Promise<unknown>): Promise<void> {
    const waiting = new AbortController()
    const timeout = delay(timeoutMs, undefined, { signal: waiting.signal }).then(() => {
      // amqplib hears of an error, and of nothing else: its timers would keep the process.
      for (const socket of this.#sockets) socket.destroy(new Error('not closed in time'))
    })
    for (const promise of [timeout, closed]) promise.catch(() => undefined)
    try {
      await Promise.race([closed, timeout])
    } finally {
      waiting.abort()
    }
  }

  #keepSocket(socket: Socket | undefined): void {
    if (!socket) return
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  #forgetAll(): void {
    this.#declared.clear()
    this.#ready.clear()
  }

  /** A late retry must not open a connection that nobody closes. */
  #refuseIfReleased(): void {
    if (this.#users <= 0) throw new WorkerKitError('ERR_CLOSED', 'The connection to the broker was closed')
  }

  async #declare(topology: QueueTopology | ParkingTopology): Promise<void> {
    if (!this.#declares) return
    const connection = await this.publishing()
    // A mismatch closes its channel; on one of its own it takes nothing else along.
    const channel = await connection.createChannel()
    channel.on('error', () => undefined)
    await declareTopology(channel, topology)
    await channel.close()
  }

  async #connect(purpose: Purpose): Promise<RecoveringChannelModel> {
    let attempts = 0
    const connection = await recoveringConnection(async () => {
      const addresses = await this.#addresses()
      const address = addresses[attempts % addresses.length] as BrokerAddress
      attempts += 1
      return connectTo(address, purpose)
    })
    connection.on('error', cause => {
      if (this.#internalErrors.isTold(cause)) this.emit('error', connectionLost(cause))
    })
    connection.on('connect-failed', error => {
      if (purpose === 'publish') this.publisher.noteOutage(error)
      this.emit('error', error)
    })
    let wasConnected = false
    connection.on('connect', model => {
      if (wasConnected) this.#reconnects[purpose] += 1
      wasConnected = true
      if (purpose === 'publish') this.publisher.noteOutage(undefined)
      this.#keepSocket(socketOf(model.connection))
      gatherWrites(model.connection)
      this.#logger.debug({ purpose }, 'connected to the broker')
    })
    connection.on('blocked', reason => {
      if (purpose === 'publish')
        this.publisher.noteOutage(new Error(`the broker has blocked producers: ${reason}`))
      this.#logger.warn({ purpose, reason }, 'blocked by the broker')
    })
    connection.on('unblocked', () => {
      if (purpose === 'publish') this.publisher.noteOutage(undefined)
      this.#logger.info({ purpose }, 'unblocked by the broker')
    })
    connection.on('disconnect', error => {
      if (purpose === 'publish') this.publisher.noteOutage(connectionLost(error))
      this.#forgetAll()
      this.#logger.warn({ purpose, err: error }, 'lost the broker, connecting again')
    })
    return connection
  }
}

/** @throws {WorkerKitError} `ERR_CONNECT` */
async function connectTo(address: BrokerAddress, purpose: string): Promise<ChannelModel> {
  const { tls, ...parts } = address
  try {
    return await connect(parts, {
      ...tls,
      noDelay: true,
      timeout: CONNECT_TIMEOUT_MS,
      // Shown by the broker's management.
      clientProperties: { connection_name: `worker-kit ${purpose} ${process.pid}` },
    })
  } catch (cause) {
    throw unreachable(cause as Error, address)
  }
}
