import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** Stands between a store and its server, so that a test can take the server away without stopping it. */
export interface CuttableProxy {
  port: number
  /** As when the server is killed: connections break, new ones are refused. */
  cut(): Promise<void>
  /** As when the server is frozen: connections stay, nothing is answered. */
  freeze(): void
  restore(): Promise<void>
}

export async function startProxy(t: TestContext, host: string, targetPort: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>()
  let isFrozen = false
  const server = createServer(client => {
    const target = connect(targetPort, host)
    for (const socket of [client, target]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        target.destroy()
      })
    }
    if (isFrozen) return
    client.pipe(target)
    target.pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function cut() {
    const closed = new Promise(resolve => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    port,
    cut,
    freeze() {
      isFrozen = true
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    async restore() {
      isFrozen = false
      for (const socket of sockets) socket.destroy()
      if (server.listening) return
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
  }
}
