import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { withTimeLimit } from '../lifecycle/time-limit.ts'

export interface ServeOptions {
  host: string
  /** 0 takes a free one. */
  port: number
  logger: Logger
  /** Longest time from the start of a request to the end of its body, in milliseconds; then the answer is 408. 0 is no
   *  limit. A service with large uploads needs more than the default. @default 30_000 */
  requestTimeoutMs?: number
  /** How long `close` lets running requests finish, in milliseconds. @default 10_000 */
  closeTimeoutMs?: number
}

export interface HttpServer {
  /** Port on which the server listens. */
  readonly port: number
  /** Address for clients on this machine. */
  readonly url: string
  /** Accepts no further connections, and cuts off requests that still run after `closeTimeoutMs`. May be called
   *  twice. */
  close(): Promise<void>
}

/** Starts an HTTP server.
 *  @throws {Error} when it cannot listen on the port, with a message that says what to do */
export async function serve(app: Koa, options: ServeOptions): Promise<HttpServer> {
  const { host, logger, requestTimeoutMs = 30_000, closeTimeoutMs = 10_000 } = options
  // How often Node looks for late requests: often enough for `requestTimeoutMs` to be kept.
  const connectionsCheckingInterval = Math.min(requestTimeoutMs || 30_000, 5_000)
  const server = createServer({ requestTimeout: requestTimeoutMs, connectionsCheckingInterval })
  const running = trackRequests(server)
  server.on('request', app.callback())
  server.listen({ host, port: options.port })
  await once(server, 'listening').catch(error => {
    throw explainListenError(error, host, options.port)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  logger.info({ host, port, url }, 'listening')
  let closing: Promise<void> | undefined
  return {
    port,
    url,
    close() {
      closing ??= closeServer(server, running, closeTimeoutMs, logger)
      return closing
    },
  }
}

/** Running requests. While the server closes, each connection ends with its answer: keep-alive would delay the close. */
function trackRequests(server: Server): Set<ServerResponse> {
  const running = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    running.add(response)
    if (!server.listening) response.setHeader('Connection', 'close')
    response.once('close', () => {
      running.delete(response)
      if (!server.listening) server.closeIdleConnections()
    })
  })
  return running
}

/** Longest wait for connections that were cut off, in milliseconds. */
const cutOffMs = 2_000

async function closeServer(server: Server, running: Set<ServerResponse>, timeoutMs: number, logger: Logger) {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  for (const response of running) if (!response.headersSent) response.setHeader('Connection', 'close')
  try {
    await withTimeLimit(timeoutMs, 'requests did not finish', () => closed)
  } catch {
    logger.warn({ requests: running.size }, 'cutting off requests that did not finish in time')
    server.closeAllConnections()
    await withTimeLimit(cutOffMs, 'connections did not close', () => closed)
  }
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program listens there; stop it or set PORT to another number',
    EACCES: 'this user may not use that port; set PORT to 1024 or more',
    EADDRNOTAVAIL: 'this machine has no such address; set HOST to one of its own, or 0.0.0.0',
    ENOTFOUND: 'there is no such host; set HOST to an address of this machine, or 0.0.0.0',
  }
  const reason = reasons[error.code ?? ''] ?? error.message
  return new Error(`Cannot listen on ${host}:${port}: ${reason}`, { cause: error })
}
