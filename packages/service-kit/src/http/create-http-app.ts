import Koa from 'koa'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { allowOrigins } from './allow-origins.ts'
import { checkRequestHeaders } from './check-request-headers.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { deadline } from './deadline.ts'
import { measureRequests } from './measure-requests.ts'
import { problemDetails } from './problem-details.ts'
import { requestId } from './request-id.ts'
import { requestLog } from './request-log.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpAppOptions {
  logger: Logger
  /** Proxies in front of the service, whose `X-Forwarded-For` is believed. @default none: the header is ignored */
  isTrustedProxy?: TrustedProxies
  /** Origins whose scripts may use the API (CORS). @default none */
  corsOrigins?: readonly string[]
  /** Whether users reach the service by HTTPS only. @default false */
  isHttps?: boolean
  /** Longest time for an answer, in milliseconds. `extendDeadline` and `liftDeadline` change it for one request.
   *  @default 30_000 */
  deadlineMs?: number
  /** Receives the durations of requests. @default none: they are not measured */
  metrics?: Registry
}

/** A Koa application with request ids, client addresses, a request log, security headers, problem details and a deadline
 *  for every request. */
export function createHttpApp(options: HttpAppOptions): Koa {
  const { logger, isTrustedProxy, isHttps, corsOrigins, deadlineMs, metrics } = options
  const app = new Koa()
  // Only errors after the start of the answer come here, such as a client that disconnected.
  app.on('error', error => logger.debug({ err: error }, 'answer interrupted'))
  app.use(requestId())
  app.use(clientAddress(isTrustedProxy))
  app.use(requestLog(logger))
  if (metrics) app.use(measureRequests(metrics))
  app.use(securityHeaders({ isHttps }))
  app.use(allowOrigins(corsOrigins))
  app.use(problemDetails(logger))
  app.use(checkRequestHeaders())
  app.use(deadline(deadlineMs))
  return app
}
