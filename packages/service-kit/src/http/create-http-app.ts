import Koa from 'koa'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { measureRequests } from './measure-requests.ts'
import { problemDetails } from './problem-details.ts'
import { requestId } from './request-id.ts'
import { requestLog } from './request-log.ts'

export interface HttpAppOptions {
  logger: Logger
  /** How many proxies of ours stand in front: that many last entries of `X-Forwarded-For` are believed, and
   *  `ctx.ip` is the client's address as the outermost of them saw it. Integer >= 0. @default 0: the header is ignored */
  trustedProxies?: number
  /** Where durations of requests go. @default nowhere */
  metrics?: Registry
}

/** A Koa application with request ids, a request log and problem details in place. */
export function createHttpApp({ logger, trustedProxies = 0, metrics }: HttpAppOptions): Koa {
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies })
  // Only what happens after the answer has begun gets here, such as a client that went away.
  app.on('error', error => logger.debug({ err: error }, 'answer broken off'))
  app.use(requestId())
  app.use(requestLog(logger))
  if (metrics) app.use(measureRequests(metrics))
  app.use(problemDetails(logger))
  return app
}
