import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Most requests of a connection that wait for the one that runs. Hardly any client sends requests so (pipelining). */
const maxWaiting = 16

/** Most requests that are left without an answer before the connection is cut: they cost memory, too. */
const maxIgnored = 4_096

interface Connection {
  isBusy: boolean
  waiting: Array<[IncomingMessage, ServerResponse]>
  ignored: number
}

/** Runs the requests of a connection one after the other. Node would start all that are sent at once, and keep their
 *  answers. The connection is closed after the last one that may wait; the client repeats the others (RFC 9112, section
 *  9.3.2). */
export function oneAtATime(handle: RequestListener): RequestListener {
  const connections = new WeakMap<Socket, Connection>()
  const start = (connection: Connection, request: IncomingMessage, response: ServerResponse) => {
    connection.isBusy = true
    response.once('close', () => {
      const next = request.socket.destroyed ? undefined : connection.waiting.shift()
      connection.isBusy = false
      if (next) start(connection, ...next)
      else connection.waiting.length = 0
    })
    handle(request, response)
  }
  return (request, response) => {
    const { socket } = request
    const connection = connections.get(socket) ?? { isBusy: false, waiting: [], ignored: 0 }
    connections.set(socket, connection)
    if (connection.ignored > 0) {
      connection.ignored += 1
      if (connection.ignored > maxIgnored) socket.destroy()
    } else if (!connection.isBusy) start(connection, request, response)
    else if (connection.waiting.length < maxWaiting) connection.waiting.push([request, response])
    else {
      connection.ignored = 1
      socket.pause()
      const [, last] = connection.waiting.at(-1) as [IncomingMessage, ServerResponse]
      last.setHeader('Connection', 'close')
    }
  }
}
