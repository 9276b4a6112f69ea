import type { Context } from 'koa'
import { readSmallBody } from '../http/read-small-body.ts'
import type { AuthClient } from './auth-client.ts'

/** Request headers that are passed to auth. */
const requestHeaders = ['accept', 'accept-language', 'authorization', 'content-type', 'user-agent']

/** Headers of auth's answer that are passed to the client. */
const responseHeaders = ['cache-control', 'content-type', 'retry-after', 'vary', 'www-authenticate']

/** Passes a request to auth, and auth's answer to the client, both unchanged. */
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
    // Setting the body has set a type of its own.
    if (type !== null) ctx.set('Content-Type', type)
  }
}

/** Headers of a request to auth on behalf of a client. */
export function headersFor(ctx: Context): Headers {
  const headers = new Headers()
  for (const name of requestHeaders) if (ctx.get(name)) headers.set(name, ctx.get(name))
  // Each proxy appends the address that it sees. Auth trusts the last entries, as many as it has proxies.
  const seen = [ctx.get('X-Forwarded-For'), ctx.req.socket.remoteAddress].filter(Boolean)
  headers.set('X-Forwarded-For', seen.join(', '))
  headers.set('X-Request-Id', ctx.state.requestId)
  return headers
}
