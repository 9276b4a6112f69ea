import { EventEmitter } from 'node:events'
import { type ChannelModel, connect, type RecoveringChannelModel, type Replies } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { gatherWrites } from './gather-writes.ts'
import { Publisher } from './publisher.ts'
import {
  declareTopology,
  type ParkingTopology,
  parkingTopology,
  type QueueTopology,
  removeTopology,
} from './topology.ts'

const HEARTBEAT_SECONDS = 10

/** AMQP's code for what does not exist. */
const NOT_FOUND = 404

/** What a connection is for. */
export type Purpose = 'publish' | 'consume'

export interface BrokerOptions {
  /** `amqp://` or `amqps://`, with user, password and virtual host. */
  url: string
  /** How long a publish waits for the broker's confirm, in milliseconds; a lost connection is waited out in it. Integer >= 1. @default 30_000 */
  confirmTimeoutMs?: number
  /** @default silent */
  logger?: Logger
  /** Whether missing exchanges and queues are declared; else what is there is used as it is. @default true */
  declares?: boolean
}

/** A process's way to one broker: two connections, opened when first needed and restored when lost.
 *  A broker short of memory blocks connections that publish, acknowledgements included: so publishing has its own. */
export class Broker extends EventEmitter<{ error: [Error] }> {
  readonly publisher: Publisher
  readonly #url: string
  readonly #logger: Logger
  readonly #declares: boolean
  readonly #declared = new Map<string, Promise<void>>()
  readonly #ready = new Set<string>()
  #publishing: Promise<RecoveringChannelModel> | undefined
  #consuming: Promise<RecoveringChannelModel> | undefined
  readonly #reconnects = { publish: 0, consume: 0 }
  #users = 0

  constructor({ url, confirmTimeoutMs = 30_000, logger = silentLogger, declares = true }: BrokerOptions) {
    super()
    this.#url = withHeartbeat(url)
    this.#logger = logger
    this.#declares = declares
    this.publisher = new Publisher(this, { confirmTimeoutMs })
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
    try {
      return await connect(this.#url, { noDelay: true, clientProperties: clientProperties(purpose) })
    } catch (cause) {
      const reason = (cause as Error).message
      throw new WorkerKitError('ERR_CONNECT', `RabbitMQ cannot be reached: ${reason}`, { cause })
    }
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
    await this.publisher.close()
    for (const connection of opened) await (await connection)?.close()
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
    const connection = await connect(this.#url, {
      noDelay: true,
      clientProperties: clientProperties(purpose),
      recovery: { waitForConnect: false, initialDelay: 100, maxDelay: 5_000, jitter: 0.5 },
    })
    connection.on('error', error => this.emit('error', error))
    connection.on('connect-failed', error => this.emit('error', error))
    let wasConnected = false
    connection.on('connect', model => {
      if (wasConnected) this.#reconnects[purpose] += 1
      wasConnected = true
      gatherWrites(model.connection)
      this.#logger.debug({ purpose }, 'connected to the broker')
    })
    connection.on('blocked', reason => this.#logger.warn({ purpose, reason }, 'blocked by the broker'))
    connection.on('unblocked', () => this.#logger.info({ purpose }, 'unblocked by the broker'))
    connection.on('disconnect', error => {
      this.#forgetAll()
      this.#logger.warn({ purpose, err: error }, 'lost the broker, connecting again')
    })
    return connection
  }
}

/** Shown by the broker's management. */
function clientProperties(purpose: string) {
  return { connection_name: `worker-kit ${purpose} ${process.pid}` }
}

/** Without heartbeats a peer that vanished goes unnoticed. */
function withHeartbeat(url: string): string {
  const parsed = new URL(url)
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS))
  return parsed.href
}
