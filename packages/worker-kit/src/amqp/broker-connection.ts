import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { type ChannelModel, connect, type RecoveringChannelModel } from 'amqplib'
import type { Logger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { BrokerAddress, brokerAddresses } from './broker-addresses.ts'
import { CLOSE_TIMEOUT_MS, destroySocket } from './close.ts'
import { prepareConnection } from './fast-publish/index.ts'
import { connectionLost, unreachable } from './outages.ts'
import { recoveringConnection } from './recovering-connection.ts'
import { socketOf } from './socket-of.ts'

/** How long one attempt to connect may take, in milliseconds: a node that hangs still accepts connections. */
const CONNECT_TIMEOUT_MS = 5_000

/** What a connection is for. */
export type Purpose = 'publish' | 'consume'

export interface BrokerConnectionOptions {
  addresses: ReturnType<typeof brokerAddresses>
  fastPublish: boolean
  logger: Logger
}

interface BrokerConnectionEvents {
  /** The connection was lost or cannot be made (with the reason), or it is blocked; without a reason that is over. */
  outage: [reason: Error | undefined]
  /** The connection was lost: what was declared on it may be gone. */
  lost: []
  /** An attempt to connect failed. */
  unreachable: [Error]
  /** The broker has closed the connection, or the connection broke. */
  broken: [Error & { code?: number }]
}

/** One of a process's two connections to a broker: opened when first needed, and restored when it is lost. */
export class BrokerConnection extends EventEmitter<BrokerConnectionEvents> {
  readonly #purpose: Purpose
  readonly #options: BrokerConnectionOptions
  readonly #sockets = new Set<Socket>()
  #connection: Promise<RecoveringChannelModel> | undefined
  #reconnects = 0

  constructor(purpose: Purpose, options: BrokerConnectionOptions) {
    super()
    this.#purpose = purpose
    this.#options = options
  }

  /** How often the connection came back after it was lost. */
  get reconnects(): number {
    return this.#reconnects
  }

  /** The connection; opens it at the first call, and at the first call after `close`. Does not wait for the broker. */
  open(): Promise<RecoveringChannelModel> {
    this.#connection ??= this.#connect()
    return this.#connection
  }

  /** Closes the connection, if there is one. After `CLOSE_TIMEOUT_MS` its socket is destroyed. */
  async close(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    const closed = (async () => (await connection)?.close())()
    await withTimeLimit(closed, CLOSE_TIMEOUT_MS, () => this.#sockets.forEach(destroySocket))
  }

  async #connect(): Promise<RecoveringChannelModel> {
    const { addresses } = this.#options
    let attempts = 0
    const connection = await recoveringConnection(async () => {
      const known = await addresses()
      const address = known[attempts % known.length] as BrokerAddress
      attempts += 1
      return connectTo(address, this.#purpose)
    })
    this.#watch(connection)
    return connection
  }

  #watch(connection: RecoveringChannelModel): void {
    const { fastPublish, logger } = this.#options
    const purpose = this.#purpose
    let wasConnected = false
    connection.on('connect', model => {
      if (wasConnected) this.#reconnects += 1
      wasConnected = true
      this.#keepSocket(socketOf(model.connection))
      prepareConnection(model.connection, fastPublish)
      this.emit('outage', undefined)
      logger.debug({ purpose }, 'connected to the broker')
    })
    connection.on('connect-failed', error => {
      this.emit('outage', error)
      this.emit('unreachable', error)
    })
    connection.on('error', cause => this.emit('broken', cause))
    connection.on('disconnect', cause => {
      this.emit('outage', connectionLost(cause))
      this.emit('lost')
      logger.warn({ purpose, err: cause }, 'lost the broker, connecting again')
    })
    connection.on('blocked', reason => {
      this.emit('outage', new Error(`the broker has blocked producers: ${reason}`))
      logger.warn({ purpose, reason }, 'blocked by the broker')
    })
    connection.on('unblocked', () => {
      this.emit('outage', undefined)
      logger.info({ purpose }, 'unblocked by the broker')
    })
  }

  #keepSocket(socket: Socket | undefined): void {
    if (!socket) return
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }
}

/** Makes one connection, which is not restored when it is lost.
 *  @param purpose - shown by RabbitMQ's management
 *  @throws {WorkerKitError} `ERR_CONNECT` */
export async function connectTo({ tls, ...address }: BrokerAddress, purpose: string): Promise<ChannelModel> {
  try {
    const connection = await connect(address, {
      ...tls,
      noDelay: true,
      timeout: CONNECT_TIMEOUT_MS,
      clientProperties: { connection_name: `worker-kit ${purpose} ${process.pid}` },
    })
    // amqplib listens to none that is made after `close()` was called: if it broke then, its error would end the process.
    connection.on('error', () => undefined)
    refuseClosed(connection)
    return connection
  } catch (cause) {
    throw unreachable(cause as Error, address)
  }
}

/** A broker that shuts down may close a connection in the same moment in which it opens it: then nobody has heard of the end, and nobody
 *  ever will. */
function refuseClosed({ connection }: ChannelModel): void {
  if (socketOf(connection)?.writable === false)
    throw new Error('the broker closed the connection as it opened')
}
