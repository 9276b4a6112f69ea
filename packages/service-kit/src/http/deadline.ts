import { Readable } from 'node:stream'
import type { Context, Middleware } from 'koa'
import { bodyLate, deadlineExceeded } from '../endpoint/common-problems.ts'
import { type HttpProblem, problem } from './http-problem.ts'

interface Deadline {
  /** @param timeoutMs - from now; `undefined` for none */
  set(timeoutMs: number | undefined): void
}

const deadlines = new WeakMap<object, Deadline>()

/** Answers 503 when a request is not answered in time, or 408 when its body has not arrived. Its handler is not waited
 *  for any longer.
 *  @param timeoutMs - in milliseconds. @default 30_000 */
export function deadline(timeoutMs = 30_000): Middleware {
  return async (ctx, next) => {
    const { promise: expired, reject } = Promise.withResolvers<never>()
    let timer: NodeJS.Timeout | undefined
    const set = (limitMs: number | undefined) => {
      clearTimeout(timer)
      timer = limitMs === undefined ? undefined : setTimeout(() => reject(late(ctx, limitMs)), limitMs)
    }
    deadlines.set(ctx.res, { set })
    set(timeoutMs)
    const handled = next()
    try {
      await Promise.race([handled, expired])
    } catch (error) {
      void handled.catch(() => {}).finally(() => dropLateBody(ctx))
      throw error
    } finally {
      set(undefined)
      deadlines.delete(ctx.res)
    }
  }
}

/** Gives a request more time, counted from now: for a long poll.
 *  @param timeoutMs - in milliseconds */
export function extendDeadline(ctx: Context, timeoutMs: number): void {
  deadlines.get(ctx.res)?.set(timeoutMs)
}

/** Takes the time limit from a request: for uploads, downloads and event streams, which have limits of their own. */
export function liftDeadline(ctx: Context): void {
  deadlines.get(ctx.res)?.set(undefined)
}

/** A file that a late handler has opened would stay open: nobody reads it. */
function dropLateBody(ctx: Context): void {
  if (ctx.body instanceof Readable && ctx.res.writableEnded) ctx.body.destroy()
}

function late(ctx: Context, timeoutMs: number): HttpProblem {
  const seconds = timeoutMs / 1_000
  if (ctx.req.readableDidRead && !ctx.req.complete)
    return problem(bodyLate, {
      detail: `The request did not arrive within ${seconds} seconds.`,
    })
  return problem(deadlineExceeded, {
    detail: `The request was not answered within ${seconds} seconds. Please try again later.`,
    headers: { 'Retry-After': '10' },
  })
}
