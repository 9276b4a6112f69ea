import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export interface TcpProxy {
  /** The address given, by way of the proxy. */
  url: string
  /** As if the server had been stopped: its connections break, new ones are refused. */
  cut(): Promise<void>
  /** As if the machine had been frozen: connections stay, new ones are accepted, nothing moves. */
  freeze(): void
  /** As if a firewall had forgotten the open connections: they stay and nothing moves on them any more, for good.
   *  New ones are fine. */
  forget(): void
  /** Ends cut and freeze. */
  restore(): Promise<void>
}

/** Stands between a client and a server, to take the server away without stopping it for others. */
export async function startTcpProxy(t: TestContext, targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl)
  const sockets = new Set<Socket>()
  const all = new Set<Socket>()
  let frozen = false
  const track = (socket: Socket) => {
    sockets.add(socket)
    all.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer({ pauseOnConnect: true }, client => {
    const upstream = track(connect(Number(target.port), target.hostname))
    track(client)
    client.on('data', data => upstream.write(data)).on('close', () => upstream.destroy())
    upstream.on('data', data => client.write(data)).on('close', () => client.destroy())
    if (frozen) upstream.pause()
    else client.resume()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : undefined
    server.close()
    for (const socket of all) socket.destroy()
    all.clear()
    await closed
  }
  t.after(cut)
  const url = new URL(targetUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    cut,
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    forget() {
      for (const socket of sockets) socket.pause()
      sockets.clear()
    },
    async restore() {
      frozen = false
      for (const socket of sockets) socket.resume()
      if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening')
    },
  }
}
