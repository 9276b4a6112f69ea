import { sessionTokenHeader } from '@jackalope/contracts'
import { problem } from '@jackalope/service-kit'
import { pathUnknown } from '@jackalope/service-kit/endpoint'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { readSmallBody } from '../http/read-small-body.ts'

/** Request headers that are passed to auth. */
const requestHeaders = ['accept', 'accept-language', 'authorization', 'content-type', 'user-agent']

/** Headers of auth's answer that are passed to the client. */
const responseHeaders = [
  'cache-control',
  'content-disposition',
  'content-type',
  'retry-after',
  'vary',
  'www-authenticate',
]

/** Passes a request to auth, and auth's answer to the client, both unchanged. Of a browser auth gets the session's secret, and
 *  no cookie. */
export function passToAuth({ auth, browserSessions }: Pick<AppDeps, 'auth' | 'browserSessions'>) {
  return async (ctx: Context): Promise<void> => {
    const path = targetOf(ctx)
    const session = browserSessions.tokenOf(ctx)
    const body = await readSmallBody(ctx.req)
    const { method } = ctx
    await relayAnswer(ctx, await auth.send({ method, path, headers: headersFor(ctx), body }))
    // The request may have ended the session, or changed its user.
    if (session !== undefined && method !== 'GET') browserSessions.forget(session)
  }
}

/** Path and query for auth. `fetch` resolves `..`, also as `%2e%2e` or between backslashes: auth would serve another endpoint
 *  than the one whose limits were counted.
 *  @throws {HttpProblem} 404 */
function targetOf({ url, path }: Context): string {
  // A request may name the whole address (RFC 9112, section 3.2.2).
  const target = URL.parse(url, 'http://auth')
  if (target?.pathname !== path) throw problem(pathUnknown, { detail: `There is nothing at ${path}.` })
  return target.pathname + target.search
}

/** Gives the client auth's answer. */
export async function relayAnswer(ctx: Context, response: Response): Promise<void> {
  ctx.status = response.status
  for (const name of responseHeaders) {
    const value = response.headers.get(name)
    if (value !== null) ctx.set(name, value)
  }
  const type = response.headers.get('content-type')
  const answer = Buffer.from(await response.arrayBuffer())
  ctx.body = answer.length > 0 || response.status >= 400 ? answer : null
  // Setting the body has set a status, or a type of its own.
  ctx.status = response.status
  if (type !== null) ctx.set('Content-Type', type)
}

/** Headers of a request to auth on behalf of a client. */
export function headersFor(ctx: Context): Headers {
  const headers = new Headers()
  for (const name of requestHeaders) if (ctx.get(name)) headers.set(name, ctx.get(name))
  // Auth believes it, since the client of auth shows the service token.
  headers.set('X-Client-Address', ctx.ip)
  headers.set('X-Request-Id', ctx.state.requestId)
  if (ctx.state.sessionToken !== undefined) headers.set(sessionTokenHeader, ctx.state.sessionToken)
  return headers
}
