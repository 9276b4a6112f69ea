import type { Context, Middleware } from 'koa'
import { networkOf } from '../network-of.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** Counts requests by the user, or by the network of the client where there is no user.
 *  @throws {HttpProblem} 429 */
export function limitRate(limiter: RateLimiter): Middleware {
  return async (ctx, next) => {
    const { userId, clientAddress } = ctx.state
    ctx.set(await limiter.count(userId ? `user:${userId}` : networkOf(clientAddress)))
    await next()
  }
}

/** Counts all requests of a network, also those without a valid token. Only a refusal says so.
 *  @throws {HttpProblem} 429 */
export function limitAddress(limiter: RateLimiter): Middleware {
  return async (ctx: Context, next) => {
    await limiter.count(networkOf(ctx.state.clientAddress))
    await next()
  }
}
