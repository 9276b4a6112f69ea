import { isApiKey, type RequestUser, type Scope, userOfClaims } from '@jackalope/contracts'
import { noToken, readBearerToken, scopeMissing } from '@jackalope/service-kit'
import type { Middleware } from 'koa'
import type { ExchangeApiKey } from './exchange-api-key.ts'
import type { VerifyAccessToken } from './verify-access-token.ts'

/** State of a request after `requireUser`. */
export interface UserState {
  user: RequestUser
  /** The same as `user.id`. */
  userId: string
}

export interface UserRequirement {
  scope: Scope
  /** A role that the user must have. @default none */
  role?: string
}

export interface UserChecks {
  verifyAccessToken: VerifyAccessToken
  exchangeApiKey: ExchangeApiKey
}

/** Requires a valid access token or API key that reaches as far; reads only the headers. Otherwise it answers 401 or 403 with a
 *  challenge (RFC 6750, section 3). */
export function requireUser(
  { verifyAccessToken, exchangeApiKey }: UserChecks,
  { scope, role }: UserRequirement,
): Middleware {
  return async (ctx, next) => {
    const token = readBearerToken(ctx.req)
    if (token === undefined) throw noToken()
    const user = isApiKey(token)
      ? await exchangeApiKey(token)
      : userOfClaims(await verifyAccessToken(ctx, token))
    if (!user.scopes.includes(scope)) throw scopeMissing(`scope ${scope}`)
    if (role && !user.roles.includes(role)) throw scopeMissing(`role ${role}`)
    ctx.state.user = user
    ctx.state.userId = user.id
    await next()
  }
}
