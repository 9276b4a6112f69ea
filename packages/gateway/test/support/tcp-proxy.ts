import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'

/** Stands between the gateway and a server, so that a test can take the server away without stopping it. */
export interface TcpProxy {
  /** The target's URL, with the proxy's address in it. */
  url: string
  /** As when the server is killed: connections break, new ones are refused. */
  cut(): Promise<void>
  restore(): Promise<void>
}

export async function startProxy(t: TestContext, target: string): Promise<TcpProxy> {
  const url = new URL(target)
  const { hostname } = url
  const targetPort = Number(url.port)
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const upstream = connect(targetPort, hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  url.host = `127.0.0.1:${port}`
  if (url.protocol === 'mongodb:') {
    // Otherwise the driver finds the server's own address and goes past the proxy.
    url.pathname ||= '/'
    url.searchParams.set('directConnection', 'true')
  }
  const cut = async () => {
    if (!server.listening) return
    const closed = new Promise(resolve => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  onEnd(t, cut)
  return {
    url: url.href,
    cut,
    async restore() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
  }
}
