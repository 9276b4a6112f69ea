import Koa from 'koa'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { measureRequests } from './measure-requests.ts'
import { problemDetails } from './problem-details.ts'
import { requestId } from './request-id.ts'
import { requestLog } from './request-log.ts'

export interface HttpAppOptions {
  logger: Logger
  /** Number of trusted proxies in front of the service. The last entries of `X-Forwarded-For`, as many, are trusted,
   *  and `ctx.ip` is the address that the outermost proxy saw. Integer >= 0. @default 0: the header is ignored */
  trustedProxies?: number
  /** Receives the durations of requests. @default none: they are not measured */
  metrics?: Registry
}

/** A Koa application with request ids, a request log and problem details. */
export function createHttpApp({ logger, trustedProxies = 0, metrics }: HttpAppOptions): Koa {
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies })
  // Only errors after the start of the answer come here, such as a client that disconnected.
  app.on('error', error => logger.debug({ err: error }, 'answer interrupted'))
  app.use(requestId())
  app.use(requestLog(logger))
  if (metrics) app.use(measureRequests(metrics))
  app.use(problemDetails(logger))
  return app
}
