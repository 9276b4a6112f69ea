import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from './free-port.ts'

/** Stands between clients and a server on this machine, to take the server away without stopping it. */
export interface TcpProxy {
  /** On 127.0.0.1. */
  readonly port: number
  /** As if the server had been killed: connections break, new ones are refused. */
  cut(): Promise<void>
  /** As if the server's machine had been frozen: connections stay, new ones are accepted, nothing moves. */
  freeze(): void
  /** As if a firewall had forgotten the open connections: they stay, and nothing moves on them any more, for good.
   *  New ones are fine. */
  forget(): void
  /** Drops all that the server answers, until the connections are cut. */
  mute(): void
  /** Ends what was done by `cut`, `freeze` or `mute`. */
  restore(): Promise<void>
}

export async function startTcpProxy(target: { host?: string; port: number }): Promise<TcpProxy> {
  const port = await findFreePort()
  /** Those that `restore` lets move again. */
  const moving = new Set<Socket>()
  const open = new Set<Socket>()
  let isFrozen = false
  let isMute = false
  const server = createServer({ pauseOnConnect: true }, client => {
    const upstream = connect(target.port, target.host ?? '127.0.0.1')
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket)
      moving.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        moving.delete(socket)
        other.destroy()
      })
    }
    client.on('data', data => upstream.write(data))
    upstream.on('data', data => isMute || client.write(data))
    if (isFrozen) for (const socket of [client, upstream]) socket.pause()
    else client.resume()
  })
  const listen = () => once(server.listen(port, '127.0.0.1'), 'listening')
  await listen()
  return {
    port,
    async cut() {
      isMute = false
      const closed = server.listening ? once(server.close(), 'close') : undefined
      for (const socket of open) socket.destroy()
      await closed
    },
    freeze() {
      isFrozen = true
      for (const socket of moving) socket.pause()
    },
    forget() {
      for (const socket of moving) socket.pause()
      moving.clear()
    },
    mute() {
      isMute = true
    },
    async restore() {
      isFrozen = false
      isMute = false
      for (const socket of moving) socket.resume()
      if (!server.listening) await listen()
    },
  }
}
