import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { type CleanUpOwner, onEnd, withTimeLimit } from '../../../packages/local-servers/src/testing/index.ts'

/** A proxy between the browser and the gateway, which cuts the connection at a chosen byte: not at a chosen time, so that a
 *  slow machine changes nothing. */
export interface CuttingProxy {
  /** Address that the browser opens. */
  readonly url: string
  /** Where connections lead. It may be set after the proxy's start. */
  target: { port: number }
  /** How many bytes clients have sent so far. */
  sentBytes(): number
  /** Holds back each connection on which more than that many bytes are sent from now on: uploads. Others go on.
   *  @returns resolves when one is held
   *  @throws {Error} when that takes a minute */
  holdAfter(bytes: number): Promise<void>
  /** Like a lost network: connections break, new ones are refused. What was held back is lost. */
  cut(): Promise<void>
  /** Ends the outage of `cut`. */
  listen(): Promise<void>
  /** Ends `holdAfter`. */
  release(): void
}

/** Starts a proxy that ends with the tests. */
export async function startCuttingProxy(owner: CleanUpOwner): Promise<CuttingProxy> {
  const target = { port: 0 }
  const open = new Set<Socket>()
  /** What clients have sent since the last `holdAfter`. */
  const sentBy = new Map<Socket, number>()
  /** Sockets of clients whose data are held back. */
  const held = new Set<Socket>()
  let sent = 0
  let limit = Number.POSITIVE_INFINITY
  let reached: (() => void) | undefined

  const server = createServer(client => {
    const upstream = connect(target.port, '127.0.0.1')
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket)
      // A half-closed connection is ended on both sides; its data have passed.
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        held.delete(socket)
        sentBy.delete(socket)
        other.end()
      })
    }
    client.on('data', data => {
      sent += data.length
      if (!upstream.write(data)) client.pause()
      const sentHere = (sentBy.get(client) ?? 0) + data.length
      sentBy.set(client, sentHere)
      if (sentHere < limit) return
      held.add(client)
      client.pause()
      reached?.()
    })
    upstream.on('drain', () => held.has(client) || client.resume())
    upstream.pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const cut = async () => {
    const closed = server.listening ? once(server.close(), 'close') : undefined
    for (const socket of open) socket.destroy()
    await closed
  }
  onEnd(owner, cut)
  return {
    url: `http://127.0.0.1:${port}`,
    target,
    sentBytes: () => sent,
    holdAfter(bytes) {
      limit = bytes
      sentBy.clear()
      const { promise, resolve } = Promise.withResolvers<void>()
      reached = resolve
      return withTimeLimit(`The sending of ${bytes} bytes`, 60_000, promise)
    },
    cut,
    async listen() {
      await once(server.listen(port, '127.0.0.1'), 'listening')
    },
    release() {
      limit = Number.POSITIVE_INFINITY
      for (const socket of held) socket.resume()
      held.clear()
    },
  }
}
