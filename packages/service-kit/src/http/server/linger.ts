import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** How long a client may go on sending after its answer, in milliseconds. */
export const lingerMs = 5_000

/** The answer that each connection waits for. */
const current = new WeakMap<Duplex, ServerResponse>()

/** Whether bytes of an answer are on their way, so that no other answer may follow now. */
export function hasBegunAnswer(socket: Duplex): boolean {
  return current.get(socket)?.headersSent ?? false
}

/** Closes connections slowly while the client still sends a body that nobody reads: it would lose the answer otherwise,
 *  since a closed connection is reset (RFC 9112, section 9.6). */
export function closeSlowly(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const closeAtOnce = socket.destroySoon.bind(socket)
    socket.destroySoon = () => {
      if (current.get(socket)?.req.complete !== false) {
        closeAtOnce()
        return
      }
      socket.end()
      const timer = setTimeout(() => socket.destroy(), lingerMs)
      socket.once('close', () => clearTimeout(timer))
    }
  })
}

/** Notes which answer a connection waits for, and closes the connection after an answer that comes before the body. */
export function watchBody(response: ServerResponse): void {
  const { req } = response
  current.set(req.socket, response)
  const writeHead = response.writeHead
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    // The rest of the body may be gigabytes: the next request cannot wait for it.
    if (!req.complete) response.shouldKeepAlive = false
    return writeHead.apply(response, args)
  }) as typeof writeHead
}
