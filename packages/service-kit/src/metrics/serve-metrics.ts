import Koa from 'koa'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { type HttpServer, serve } from '../http/serve.ts'

export interface ServeMetricsOptions {
  host: string
  /** 0 takes a free one. */
  port: number
  logger: Logger
}

/** Answers `GET /metrics` in Prometheus' text format, and nothing else. It has its own port, since the service's other
 *  port may be public. */
export function serveMetrics(register: Registry, options: ServeMetricsOptions): Promise<HttpServer> {
  const app = new Koa()
  app.on('error', err => options.logger.warn({ err }, 'metrics could not be answered'))
  app.use(async ctx => {
    if (ctx.path !== '/metrics') return
    if (!['GET', 'HEAD'].includes(ctx.method)) {
      ctx.status = 405
      ctx.set('Allow', 'GET, HEAD')
      return
    }
    const text = await register.metrics()
    ctx.set('Content-Type', register.contentType)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = text
  })
  return serve(app, options)
}
