import { parseScope, type Scope } from '@jackalope/contracts'
import { noToken, readBearerToken, scopeMissing } from '@jackalope/service-kit'
import type { Middleware } from 'koa'
import type { VerifyAccessToken } from './verify-access-token.ts'

/** Who sent a request. */
export interface RequestUser {
  id: string
  roles: readonly string[]
  scopes: readonly Scope[]
  /** The session that the access token belongs to; absent for an API key. */
  sessionId?: string
  /** Whether the user has confirmed his mail address. */
  emailVerified: boolean
}

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

/** Requires a valid access token that reaches as far; reads only the headers. Otherwise it answers 401 or 403 with a
 *  challenge (RFC 6750, section 3). */
export function requireUser(
  { verifyAccessToken }: { verifyAccessToken: VerifyAccessToken },
  { scope, role }: UserRequirement,
): Middleware {
  return async (ctx, next) => {
    const token = readBearerToken(ctx.req)
    if (token === undefined) throw noToken()
    const claims = await verifyAccessToken(ctx, token)
    const user = {
      id: claims.sub,
      roles: claims.roles,
      scopes: parseScope(claims.scope),
      sessionId: claims.sid,
      emailVerified: claims.email_verified,
    }
    if (!user.scopes.includes(scope)) throw scopeMissing(`scope ${scope}`)
    if (role && !user.roles.includes(role)) throw scopeMissing(`role ${role}`)
    ctx.state.user = user
    ctx.state.userId = user.id
    await next()
  }
}
