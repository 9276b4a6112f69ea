import { isApiKey, isMeantAsApiKey, type RequestUser, type Scope, userOfClaims } from '@jackalope/contracts'
import { noToken, readBearerToken, scopeMissing, tokenRefused } from '@jackalope/service-kit'
import type { Context, Middleware } from 'koa'
import type { BrowserSessions } from './browser-sessions.ts'
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
  browserSessions: Pick<BrowserSessions, 'tokenOf' | 'userOf'>
}

/** Requires a valid access token or API key that reaches as far, or the session of a browser; reads only the headers. Otherwise
 *  it answers 401 or 403 with a challenge (RFC 6750, section 3). */
export function requireUser(
  { verifyAccessToken, exchangeApiKey, browserSessions }: UserChecks,
  { scope, role }: UserRequirement,
): Middleware {
  return async (ctx, next) => {
    const token = readBearerToken(ctx.req)
    const user = token === undefined ? await userOfBrowser(ctx) : await userOfToken(ctx, token)
    if (!user.scopes.includes(scope)) throw scopeMissing(`scope ${scope}`)
    if (role && !user.roles.includes(role)) throw scopeMissing(`role ${role}`)
    ctx.state.user = user
    ctx.state.userId = user.id
    await next()
  }

  async function userOfToken(ctx: Context, token: string): Promise<RequestUser> {
    if (isApiKey(token)) return await exchangeApiKey(token)
    if (isMeantAsApiKey(token))
      throw tokenRefused('The API key is not whole', { advice: 'Copy all of it, as it was shown once.' })
    return userOfClaims(await verifyAccessToken(ctx, token))
  }

  async function userOfBrowser(ctx: Context): Promise<RequestUser> {
    const session = browserSessions.tokenOf(ctx)
    if (session === undefined) throw noToken()
    return await browserSessions.userOf(ctx, session)
  }
}
