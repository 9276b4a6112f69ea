import type { Context, Middleware } from 'koa'
import { Histogram, type Registry } from 'prom-client'
import { probePaths } from './health-routes.ts'
import { finalStatus } from './server/cut-off.ts'

const buckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 30, 120, 600]

/** Measures requests until the answer is sent, by method, route and status: 499 when the client hung up before. Health probes are
 *  not measured. */
export function measureRequests(register: Registry): Middleware {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, until their answer was out',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [register],
  })
  return (ctx, next) => {
    if (probePaths.includes(ctx.path)) return next()
    const startedAt = performance.now()
    ctx.res.once('close', () => {
      const labels = { method: methodOf(ctx), route: routeOf(ctx), status: finalStatus(ctx.res) }
      durations.observe(labels, (performance.now() - startedAt) / 1_000)
    })
    return next()
  }
}

/** Clients choose paths and methods: all unknown ones share one series, so that they cannot create more. */
function routeOf(ctx: Context): string {
  return typeof ctx._matchedRoute === 'string' ? ctx._matchedRoute : 'none'
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function methodOf({ method }: Context): string {
  return methods.includes(method) ? method : 'other'
}
