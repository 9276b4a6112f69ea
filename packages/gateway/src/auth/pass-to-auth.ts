import type { Context } from 'koa'
import { readSmallBody } from '../http/read-small-body.ts'
import type { AuthClient } from './auth-client.ts'

/** What of a request matters to auth. */
const requestHeaders = ['accept', 'accept-language', 'authorization', 'content-type', 'user-agent']

/** What of auth's answer matters to a client. */
const responseHeaders = ['cache-control', 'content-type', 'retry-after', 'vary', 'www-authenticate']

/** Hands a request to auth, and auth's answer to the client, both unchanged. */
export function passToAuth({ auth }: { auth: AuthClient }) {
  return async (ctx: Context): Promise<void> => {
    const body = await readSmallBody(ctx.req)
    const response = await auth.post({ path: ctx.path, headers: headersFor(ctx), body })
    ctx.status = response.status
    for (const name of responseHeaders) {
      const value = response.headers.get(name)
      if (value !== null) ctx.set(name, value)
    }
    const type = response.headers.get('content-type')
    ctx.body = Buffer.from(await response.arrayBuffer())
    // A body sets a type of its own.
    if (type !== null) ctx.set('Content-Type', type)
  }
}

function headersFor(ctx: Context): Headers {
  const headers = new Headers()
  for (const name of requestHeaders) if (ctx.get(name)) headers.set(name, ctx.get(name))
  // Each proxy adds the address that it sees: auth takes the last ones, as many as it trusts.
  const seen = [ctx.get('X-Forwarded-For'), ctx.req.socket.remoteAddress].filter(Boolean)
  headers.set('X-Forwarded-For', seen.join(', '))
  headers.set('X-Request-Id', ctx.state.requestId)
  return headers
}
