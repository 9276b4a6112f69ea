import { accessTokenClaims, tokenAlgorithm, tokenAudience, tokenIssuer } from '@jackalope/contracts'
import { HttpProblem } from '@jackalope/service-kit'
import type { Middleware } from 'koa'
import koaJwt from 'koa-jwt'

/** State of a request after `requireUser`. */
export interface UserState {
  /** Id of the token's user. */
  userId: string
}

/** Requires a valid access token; reads only the headers. Otherwise it answers 401 with a challenge (RFC 6750,
 *  section 3). */
export function requireUser(secret: string): Middleware<UserState> {
  const verify = koaJwt({
    secret,
    key: 'accessToken',
    algorithms: [tokenAlgorithm],
    issuer: tokenIssuer,
    audience: tokenAudience,
  })
  return async (ctx, next) => {
    // Call `next` outside of koa-jwt, which would handle the errors of the handlers too.
    await verify(ctx, async () => {}).catch((error: Error) => {
      throw tokenRefused(ctx.get('Authorization'), error)
    })
    const claims = accessTokenClaims.safeParse((ctx.state as { accessToken?: unknown }).accessToken)
    if (!claims.success) throw tokenRefused(ctx.get('Authorization'), claims.error)
    ctx.state.userId = claims.data.sub
    await next()
  }
}

function tokenRefused(header: string, error: Error & { originalError?: Error }): HttpProblem {
  const challenge = 'Bearer realm="jackalope"'
  if (!/^bearer +\S/i.test(header))
    return new HttpProblem(401, {
      code: 'token-missing',
      detail: 'Send the header "Authorization: Bearer TOKEN", with a token from POST /login.',
      headers: { 'WWW-Authenticate': challenge },
    })
  const isExpired = error.originalError?.name === 'TokenExpiredError'
  const description = isExpired ? 'The access token has expired' : 'The access token is not valid'
  return new HttpProblem(401, {
    code: isExpired ? 'token-expired' : 'token-invalid',
    detail: `${description}. Log in again.`,
    headers: {
      'WWW-Authenticate': `${challenge}, error="invalid_token", error_description="${description}"`,
    },
    cause: error,
  })
}
