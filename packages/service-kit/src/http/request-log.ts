import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { probePaths } from './health-routes.ts'
import { finalStatus } from './server/cut-off.ts'

/** Logs one line for each request when its answer is sent or its client has disconnected: method, path, status and
 *  duration. The query is left out, since it may hold secrets. A failure of ours is an error line, a probe a debug line.
 *  When the client hung up before the answer, the status is 499. */
export function requestLog(logger: Logger): Middleware {
  return (ctx, next) => {
    const startedAt = performance.now()
    ctx.res.once('close', () => writeLine(logger, ctx, performance.now() - startedAt))
    return next()
  }
}

function writeLine(logger: Logger, ctx: Context, durationMs: number): void {
  const aborted = !ctx.res.writableFinished
  const { method, path } = ctx
  const status = finalStatus(ctx.res)
  const fields = {
    // On a shared connection the event may run in the log context of another request.
    requestId: ctx.state.requestId,
    method,
    path,
    status,
    address: ctx.state.clientAddress,
    durationMs: Math.round(durationMs),
    problem: ctx.state.problemCode,
    ...(aborted && { aborted }),
  }
  const level = probePaths.includes(path) ? 'debug' : isOurFailure(status) ? 'error' : 'info'
  logger[level](fields, aborted ? 'request aborted' : 'request')
}

/** 501 is the answer to a method that no HTTP API knows. */
export function isOurFailure(status: number): boolean {
  return status >= 500 && status !== 501
}
