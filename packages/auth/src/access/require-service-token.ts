import { noToken, readBearerToken, tokenRefused } from '@jackalope/service-kit'
import type { Middleware } from 'koa'
import { isSameSecret } from '../tokens/is-same-secret.ts'

/** Lets only other services pass, which send the service token as a bearer token; otherwise 401. */
export function requireServiceToken(serviceToken: string): Middleware {
  return async (ctx, next) => {
    const token = readBearerToken(ctx.req)
    if (token === undefined) throw noToken()
    if (!isSameSecret(token, serviceToken))
      throw tokenRefused('This is not the service token', {
        advice: 'Set SERVICE_TOKEN to the same value in both services.',
      })
    await next()
  }
}
