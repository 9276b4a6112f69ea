import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from './free-port.ts'

/** A proxy between clients and a local server that simulates outages of the server. */
export interface TcpProxy {
  /** Port on 127.0.0.1. */
  readonly port: number
  /** Like a killed server: connections break, new ones are refused. */
  cut(): Promise<void>
  /** Like a frozen machine: connections stay, new ones are accepted, and no data move. */
  freeze(): void
  /** Like a firewall that has lost its state: open connections stay and never move data again. New ones work. */
  forget(): void
  /** Drops all data from the server until `cut` or `restore`. */
  mute(): void
  /** Ends the outage of `cut`, `freeze` or `mute`. */
  restore(): Promise<void>
}

export async function startTcpProxy(target: { host?: string; port: number }): Promise<TcpProxy> {
  const port = await findFreePort()
  /** Sockets that `restore` resumes. */
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
