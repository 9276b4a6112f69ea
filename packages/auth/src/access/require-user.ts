import { isApiKey, type RequestUser, type Scope, userOfClaims, userOfSession } from '@jackalope/contracts'
import { noToken, readBearerToken, scopeMissing, tokenRefused } from '@jackalope/service-kit'
import type { Middleware } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import type { Account } from '../users/user-store.ts'
import type { ClientState } from './identify-client.ts'

/** State of a request to an endpoint for users. */
export interface UserState extends ClientState {
  user: RequestUser
  userId: string
  account: Account
}

export type UserDeps = Pick<AppDeps, 'tokens' | 'users' | 'sessions' | 'apiKeys' | 'browserSessions'>

/** Requires an access token, or the session of a browser, with a scope, and a role if one is named. A token counts beside a
 *  session. Beyond what the gateway does it asks the database:
 *  an account is out of reach as soon as its session has ended, its user is locked or has lost the role. */
export function requireUser(
  { tokens, users, sessions, apiKeys, browserSessions }: UserDeps,
  { scope, role }: { scope: Scope; role?: string },
): Middleware {
  return async (ctx, next) => {
    const user = await userOf(ctx.state as ClientState, readBearerToken(ctx.req))
    if (!user) throw tokenRefused('The access token is not valid or has expired')
    const account = await users.findById(user.id)
    if (!account || account.lockedAt) throw tokenRefused('The account does not exist or is locked')
    if (!user.scopes.includes(scope)) throw scopeMissing(`scope ${scope}`)
    if (role && !account.roles.includes(role)) throw scopeMissing(`role ${role}`)
    const { roles, emailVerified } = account
    Object.assign(ctx.state, { account, userId: user.id, user: { ...user, roles, emailVerified } })
    await next()
  }

  async function userOf({ client, sessionToken }: ClientState, token: string | undefined) {
    if (token !== undefined) return isApiKey(token) ? await userOfKey(token) : await userOfToken(token)
    if (sessionToken === undefined) throw noToken()
    const holder = await browserSessions.exchange(sessionToken, client)
    return holder && userOfSession(holder)
  }

  async function userOfToken(token: string): Promise<RequestUser | undefined> {
    const claims = await tokens.verify(token)
    if (!claims?.sid || !(await sessions.isLive(claims.sub, claims.sid))) return undefined
    return userOfClaims(claims)
  }

  async function userOfKey(key: string): Promise<RequestUser | undefined> {
    const holder = await apiKeys.exchange(key)
    return holder && { ...holder, id: holder.userId }
  }
}
