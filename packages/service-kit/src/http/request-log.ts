import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { probePaths } from './health-routes.ts'

/** Logs one line for each request when its answer is sent or its client has disconnected: method, path, status and
 *  duration. The query is left out, since it may hold secrets. Status 5xx is an error line, a probe a debug line. */
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
    // On a shared connection the event may run in the log context of another request.
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
