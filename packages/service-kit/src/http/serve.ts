import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { tooManyConnections } from '../endpoint/common-problems.ts'
import { withTimeLimit } from '../lifecycle/time-limit.ts'
import { answerMalformed, maxHeaderBytes } from './server/answer-malformed.ts'
import { type ConnectionLimits, limitConnections } from './server/connection-limits.ts'
import { continueOnRead } from './server/continue-on-read.ts'
import { cutOff } from './server/cut-off.ts'
import { closeSlowly, watchBody } from './server/linger.ts'
import { oneAtATime } from './server/one-at-a-time.ts'
import { rawProblem } from './server/raw-problem.ts'
import { watchSlowReaders } from './server/slow-readers.ts'

export interface ServeOptions extends ConnectionLimits {
  host: string
  /** 0 takes a free one. */
  port: number
  logger: Logger
  /** Longest time from the start of a request to the end of its body, in milliseconds; then the answer is 408. 0 is no
   *  limit. A service with large uploads needs more than the default. @default 30_000 */
  requestTimeoutMs?: number
  /** Longest time for the headers of a request, and for the first byte on a new connection, in milliseconds.
   *  @default 15_000, or `requestTimeoutMs` if that is shorter */
  headersTimeoutMs?: number
  /** How long a connection may wait for its next request, in milliseconds. Longer than the minute for which proxies such
   *  as nginx keep theirs: a proxy must not use a connection that is being closed. @default 65_000 */
  keepAliveMs?: number
  /** Longest silence on a connection with a running request, and longest wait for a client that does not take its answer,
   *  in milliseconds; then the connection is cut. @default 120_000 */
  idleTimeoutMs?: number
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

/** Starts an HTTP server that slow, idle, malformed and too many clients cannot exhaust.
 *  @throws {Error} when it cannot listen on the port, with a message that says what to do */
export async function serve(app: Koa, options: ServeOptions): Promise<HttpServer> {
  const { host, logger, closeTimeoutMs = 10_000, idleTimeoutMs = 120_000 } = options
  const server = createLimitedServer(options)
  const running = new Set<ServerResponse>()
  const isSurplus = limitConnections(server, options, logger)
  closeSlowly(server)
  answerMalformed(server, logger)
  const listener = oneAtATime(answerWith(app.callback(), server, running))
  server.on('request', (request, response) => {
    if (isSurplus(request.socket)) refuse(response)
    else listener(request, response)
  })
  server.on('checkContinue', (request, response) => {
    continueOnRead(request, response)
    server.emit('request', request, response)
  })
  // The application answers 417.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  const endWatch = watchSlowReaders(running, idleTimeoutMs, logger)

  server.listen({ host, port: options.port })
  await once(server, 'listening').catch(error => {
    endWatch()
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
      closing ??= closeServer(server, running, closeTimeoutMs, logger).finally(endWatch)
      return closing
    },
  }
}

function createLimitedServer(options: ServeOptions): Server {
  const { requestTimeoutMs = 30_000, keepAliveMs = 65_000, idleTimeoutMs = 120_000 } = options
  const headersTimeout = options.headersTimeoutMs ?? Math.min(15_000, requestTimeoutMs || 15_000)
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    // Node derives it from `requestTimeout`: without that there would be no limit at all.
    headersTimeout,
    keepAliveTimeout: keepAliveMs,
    // How often Node looks for late requests: often enough for the limits to be kept.
    connectionsCheckingInterval: Math.min(headersTimeout, 5_000),
    maxHeaderSize: maxHeaderBytes,
    // The application answers a missing `Host` with problem details.
    requireHostHeader: false,
  })
  server.timeout = idleTimeoutMs
  return server
}

/** The log, the metrics, limits and the pipeline of a stream listen for an answer's close: more than the ten that Node
 *  warns of. */
const maxAnswerListeners = 30

/** Keeps the running requests. While the server closes, each connection ends with its answer: keep-alive would delay the
 *  close. */
function answerWith(answer: RequestListener, server: Server, running: Set<ServerResponse>): RequestListener {
  return (request, response) => {
    running.add(response)
    response.setMaxListeners(maxAnswerListeners)
    watchBody(response)
    if (!server.listening) response.setHeader('Connection', 'close')
    response.once('close', () => {
      running.delete(response)
      if (!server.listening) server.closeIdleConnections()
    })
    answer(request, response)
  }
}

function refuse(response: ServerResponse): void {
  const { status, headers, body } = rawProblem(tooManyConnections, {
    detail:
      'The service has too many connections, or too many of your address. Close some, or try again soon.',
    retryAfterSeconds: 5,
  })
  watchBody(response)
  response.writeHead(status, headers).end(body)
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
    running.forEach(cutOff)
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
