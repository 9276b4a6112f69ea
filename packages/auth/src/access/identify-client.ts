import { isIP } from 'node:net'
import type { Middleware } from 'koa'
import type { Client } from '../audit/audit-log.ts'
import { isSameSecret } from '../tokens/is-same-secret.ts'

/** Longest kept `User-Agent`, in characters. */
const maxUserAgentLength = 200

/** State of every request. */
export interface ClientState {
  /** Where the request comes from. */
  client: Client
}

/** Finds the client: the gateway names its address in `X-Client-Address`, and proves by `X-Service-Token` that it is the
 *  gateway. Of anybody else the address of the connection counts, whatever he sends. */
export function identifyClient(serviceToken: string): Middleware {
  return async (ctx, next) => {
    const token = ctx.get('X-Service-Token')
    const claimed = token && isSameSecret(token, serviceToken) ? ctx.get('X-Client-Address') : ''
    const address = isIP(claimed) ? claimed : (ctx.req.socket.remoteAddress ?? '')
    const userAgent = ctx.get('User-Agent').slice(0, maxUserAgentLength) || undefined
    ctx.state.client = { address: address.replace(/^::ffff:(?=\d+\.)/i, ''), userAgent } satisfies Client
    await next()
  }
}
