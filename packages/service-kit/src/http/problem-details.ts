import { STATUS_CODES } from 'node:http'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { internalError, methodUnknown, pathUnknown } from '../endpoint/common-problems.ts'
import { problemType } from '../endpoint/problem-kind.ts'
import { HttpProblem, problem } from './http-problem.ts'
import { isOfEveryAnswer } from './lasting-headers.ts'
import { isOurFailure } from './request-log.ts'
import { cutOff, hasHungUp } from './server/cut-off.ts'

/** Turns thrown errors, and error statuses without a body, into `application/problem+json`. An unknown error becomes a
 *  500 without details; the log has the error under the same request id. */
export function problemDetails(logger: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status >= 400 && ctx.body == null && ctx.respond !== false) throw problemOfStatus(ctx)
    } catch (error) {
      const problem = toProblem(error)
      // Without its client a request fails in many ways, which are nobody's fault.
      if (hasHungUp(ctx.res)) logger.debug({ err: error }, 'request failed after its client hung up')
      else if (isOurFailure(problem.status))
        logger[problem.status === 503 ? 'warn' : 'error']({ err: error }, 'request failed')
      if (ctx.headerSent || !ctx.writable) cutOff(ctx.res)
      else render(ctx, problem)
    }
  }
}

function render(ctx: Context, problem: HttpProblem): void {
  const { allow } = ctx.response.headers
  for (const name of ctx.res.getHeaderNames()) if (!isOfEveryAnswer(name)) ctx.remove(name)
  if (problem.status === 405 && allow) ctx.set('Allow', allow)
  ctx.state.problemCode = problem.code
  ctx.status = problem.status
  ctx.set('Cache-Control', 'no-store')
  ctx.set(problem.headers)
  ctx.body = JSON.stringify({
    type: problemType(problem.code),
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    ...problem.extensions,
    requestId: ctx.state.requestId,
  })
  ctx.set('Content-Type', 'application/problem+json')
}

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error
  const { status, expose, message, headers } = (error ?? {}) as HttpErrorLike
  // Errors of the package http-errors, which `ctx.throw` and most middlewares throw.
  if (typeof status === 'number' && status >= 400 && status < 600 && STATUS_CODES[status])
    return new HttpProblem(status, {
      detail: (expose ?? status < 500) ? message : undefined,
      headers: headers ?? {},
      cause: error,
    })
  return problem(internalError, {
    detail: 'Something went wrong on our side. If it goes on, report it with the request id.',
    cause: error,
  })
}

interface HttpErrorLike {
  status?: number
  expose?: boolean
  message?: string
  headers?: Record<string, string>
}

function problemOfStatus(ctx: Context): HttpProblem {
  if (ctx.status === 404) return problem(pathUnknown, { detail: `There is nothing at ${ctx.path}.` })
  if (ctx.status !== 405) return new HttpProblem(ctx.status)
  const allowed = ctx.response.get('Allow')
  return problem(methodUnknown, { detail: `${ctx.path} takes ${allowed}, not ${ctx.method}.` })
}
