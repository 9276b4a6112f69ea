import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export interface TcpProxy {
  /** The target's URL, with the proxy's address in it. */
  url: string
  /** Cuts all connections and refuses new ones. */
  cut(): void
  restore(): void
  /** Drops all that the target answers, until the connections are cut. */
  mute(): void
}

/** A way to a server that can be cut. */
export async function tcpProxy(t: TestContext, targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  let isMute = false
  const server = createServer(inbound => {
    if (isCut) return inbound.destroy()
    const outbound = connect(Number(target.port || 5672), target.hostname)
    for (const [socket, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.on('data', data => {
        if (!(isMute && socket === outbound)) other.write(data)
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(targetUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cut = () => {
    isCut = true
    isMute = false
    for (const socket of sockets) socket.destroy()
  }
  t.after(() => {
    cut()
    server.close()
  })
  return {
    url: url.href,
    cut,
    mute() {
      isMute = true
    },
    restore() {
      isCut = false
    },
  }
}
