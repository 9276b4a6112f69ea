import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { type CleanUpOwner, onEnd } from './clean-up.ts'

/** Lets a TCP or HTTP server listen on a free port of loopback until the test is over. Open connections are cut then.
 *  @returns its address: `http://127.0.0.1:PORT` */
export async function listen(owner: CleanUpOwner, server: Server): Promise<string> {
  const open = new Set<Socket>()
  server.on('connection', socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onEnd(owner, async () => {
    const closed = server.listening ? once(server.close(), 'close') : undefined
    for (const socket of open) socket.destroy()
    await closed
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
