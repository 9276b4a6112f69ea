import {
  type AccessTokenClaims,
  accessTokenClaims,
  readTokenHeader,
  tokenAlgorithms,
  tokenAudience,
  tokenIssuer,
} from '@jackalope/contracts'
import { HttpProblem, tokenRefused } from '@jackalope/service-kit'
import { tokenExpired } from '@jackalope/service-kit/endpoint'
import type { Context } from 'koa'
import koaJwt from 'koa-jwt'
import type { VerificationKeys } from './verification-keys.ts'

/** Gives the claims of a request's access token.
 *  @throws {HttpProblem} 401 if it is not valid, 503 if it cannot be verified at the moment */
export type VerifyAccessToken = (ctx: Context, token: string) => Promise<AccessTokenClaims>

/** koa-jwt, with its gaps closed. It takes any `typ`, ignores `crit` and `b64`, and believes any `exp`: the header is
 *  checked before it, the claims after it. The header's `kid` chooses the key, and the key the algorithm. */
export function createVerifyAccessToken(keys: VerificationKeys): VerifyAccessToken {
  const verify = koaJwt({
    // koa-jwt decodes the header itself; it is the one that `readTokenHeader` has let pass.
    async secret(header) {
      const key = await keys.find(header)
      if (!key) throw new Error('The key is unknown')
      // The types of koa-jwt know no KeyObject; jsonwebtoken beneath it does.
      return key as unknown as Buffer
    },
    // Both, since `keys.find` has bound the key to the header's algorithm.
    algorithms: [...tokenAlgorithms],
    issuer: tokenIssuer,
    audience: tokenAudience,
    key: 'accessToken',
    getToken: ({ state }) => state.bearerToken,
  })
  return async (ctx, token) => {
    if (!readTokenHeader(token)) throw refused(new Error('The header is not one of ours'))
    ctx.state.bearerToken = token
    // Call `next` outside of koa-jwt, which would handle the errors of the handlers too.
    await verify(ctx, async () => {}).catch((error: Error & { originalError?: Error }) => {
      throw error.originalError instanceof HttpProblem ? error.originalError : refused(error)
    })
    const claims = accessTokenClaims.safeParse(ctx.state.accessToken)
    if (!claims.success) throw refused(claims.error)
    return claims.data
  }
}

function refused(cause: Error & { originalError?: Error }): HttpProblem {
  if (cause.originalError?.name === 'TokenExpiredError')
    return tokenRefused('The access token has expired', {
      kind: tokenExpired,
      advice: 'Refresh it, or log in again.',
      cause,
    })
  return tokenRefused('The access token is not valid', { cause })
}
