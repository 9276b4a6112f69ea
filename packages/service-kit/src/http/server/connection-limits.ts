import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { networkOf } from '../network-of.ts'

export interface ConnectionLimits {
  /** Most open connections. @default 4_000 */
  maxConnections?: number
  /** Most open connections of one address; of IPv6, of one /64 network. @default 1_500 */
  maxConnectionsPerAddress?: number
  /** Whether an address is that of a proxy, which has no limit of its own. @default none is */
  isTrustedProxy?: (address: string) => boolean
}

/** Share of further connections that are answered 503; any more are cut without an answer. */
const answered = 0.1

/** Shortest time between two log lines, and between two searches for idle connections, in milliseconds. */
const logPauseMs = 60_000
const searchPauseMs = 100

/** Counts connections, and gives idle ones up when there are too many.
 *  @returns whether a connection is one too many: its request is to be answered 503 */
export function limitConnections(server: Server, limits: ConnectionLimits, logger: Logger) {
  const { maxConnections = 4_000, maxConnectionsPerAddress = 1_500, isTrustedProxy = () => false } = limits
  server.maxConnections = Math.ceil(maxConnections * (1 + answered))
  const surplus = new WeakSet<Socket>()
  const perNetwork = new Map<string, number>()
  let total = 0
  const relieve = atMostEvery(searchPauseMs, () => server.closeIdleConnections())
  let reportedAt = Number.NEGATIVE_INFINITY
  const report = () => {
    if (performance.now() - reportedAt < logPauseMs) return
    reportedAt = performance.now()
    logger.warn({ connections: total, maxConnections, maxConnectionsPerAddress }, 'too many connections')
  }
  const isFull = ({ remoteAddress = '' }: Socket) =>
    total > maxConnections ||
    ((perNetwork.get(networkOf(remoteAddress)) ?? 0) > maxConnectionsPerAddress &&
      !isTrustedProxy(remoteAddress))

  server.prependListener('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '')
    count(perNetwork, network, 1)
    total += 1
    socket.once('close', () => {
      count(perNetwork, network, -1)
      total -= 1
    })
    if (!isFull(socket)) return
    surplus.add(socket)
    relieve()
    report()
  })
  server.on('drop', () => {
    relieve()
    report()
  })
  return (socket: Socket): boolean => {
    // Others may have made room since.
    if (surplus.has(socket) && !isFull(socket)) surplus.delete(socket)
    return surplus.has(socket)
  }
}

function count(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const value = (counts.get(key) ?? 0) + change
  if (value > 0) counts.set(key, value)
  else counts.delete(key)
}

/** Calls within the pause are made up for by one at its end. */
function atMostEvery(pauseMs: number, run: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let isWanted = false
  const call = () => {
    if (timer) {
      isWanted = true
      return
    }
    run()
    timer = setTimeout(() => {
      timer = undefined
      if (isWanted) call()
    }, pauseMs).unref()
    isWanted = false
  }
  return call
}
