import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'
import { withLogFields } from '../log/log-context.ts'

const acceptable = /^[\w.-]{8,128}$/

/** Gives each request an id: the client's `X-Request-Id` if it is harmless, else a new one. The id is in
 *  `ctx.state.requestId`, in the answer's `X-Request-Id` and on every log line of the request. */
export function requestId(): Middleware {
  return (ctx, next) => {
    const given = ctx.get('X-Request-Id')
    const id = acceptable.test(given) ? given : randomUUID()
    ctx.state.requestId = id
    ctx.set('X-Request-Id', id)
    return withLogFields({ requestId: id }, next)
  }
}
