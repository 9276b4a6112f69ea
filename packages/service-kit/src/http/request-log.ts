import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { probePaths } from './health-routes.ts'

/** One line per request, when its answer is out or its client gone: method, path, status, duration. The query is
 *  left out: it may hold secrets. Failures of ours (5xx) are errors; probes
 *  are debug lines. */
export function requestLog(logger: Logger): Middleware {
  return (ctx, next) => {
    const startedAt = performance.now()
    ctx.res.once('close', () => writeLine(logger, ctx, performance.now() - startedAt))
    return next()
  }
}

function writeLine(logger: Logger, ctx: Context, durationMs: number): void {
  const aborted = !ctx.res.writableFinished
  const { method, path, status } = ctx
  const fields = {
    // The event may come from another request's context on a shared connection.
    requestId: ctx.state.requestId,
    method,
    path,
    status,
    durationMs: Math.round(durationMs),
    problem: ctx.state.problemCode,
    ...(aborted && { aborted }),
  }
  const level = probePaths.includes(path) ? 'debug' : status >= 500 ? 'error' : 'info'
  logger[level](fields, aborted ? 'request aborted' : 'request')
}
