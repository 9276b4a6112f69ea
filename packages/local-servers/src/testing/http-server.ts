import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CleanUpOwner, onEnd } from './clean-up.ts'

/** Lets an HTTP server listen on loopback until the test is over; gives its address.
 *  @param port - @default a free one */
export async function listen(owner: CleanUpOwner, server: Server, port = 0): Promise<string> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onEnd(owner, async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
