import { isIP } from 'node:net'
import { sessionTokenHeader } from '@jackalope/contracts'
import type { Middleware } from 'koa'
import type { Client } from '../audit/audit-log.ts'
import { isSameSecret } from '../tokens/is-same-secret.ts'

/** Longest kept `User-Agent`, in characters. */
export const maxUserAgentLength = 200

/** State of every request. */
export interface ClientState {
  /** Where the request comes from. */
  client: Client
  /** Secret of the session of the browser that sends the request. */
  sessionToken: string | undefined
}

/** Finds the client: the gateway names its address in `X-Client-Address` and the session of its browser in `X-Session-Token`, and
 *  proves by `X-Service-Token` that it is the gateway. Of anybody else the address of the connection counts, whatever he
 *  sends, and no session of a browser: the gateway alone checks from which page a request comes. */
export function identifyClient(serviceToken: string): Middleware {
  return async (ctx, next) => {
    const token = ctx.get('X-Service-Token')
    const isGateway = token !== '' && isSameSecret(token, serviceToken)
    const claimed = isGateway ? ctx.get('X-Client-Address') : ''
    const address = isIP(claimed) ? claimed : (ctx.req.socket.remoteAddress ?? '')
    const userAgent = ctx.get('User-Agent').slice(0, maxUserAgentLength) || undefined
    ctx.state.client = { address: address.replace(/^::ffff:(?=\d+\.)/i, ''), userAgent } satisfies Client
    ctx.state.sessionToken = (isGateway && ctx.get(sessionTokenHeader)) || undefined
    await next()
  }
}
