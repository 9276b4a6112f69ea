import { explained } from '@jackalope/contracts'
import { admin as endpoints, users as userEndpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { toAdminUser } from './list-users.ts'

type LockDeps = Pick<AppDeps, 'database' | 'users' | 'sessions' | 'oneTimeTokens' | 'webhooks' | 'audit'>

/** `POST /admin/users/{id}/lock`: the account's sessions end, and links of earlier mails become useless. API keys stay, and
 *  are refused while it is locked. */
export function lockUser(deps: LockDeps): EndpointHandler<typeof endpoints.lockUser, UserState> {
  const { database, users, sessions, oneTimeTokens, webhooks, audit } = deps
  return async (ctx, { params: { id } }) => {
    const { userId: actorId, client } = ctx.state
    if (id === actorId)
      throw problem(endpoints.ownAccountLocked, {
        detail: 'You cannot lock yourself. Ask another admin to do it.',
      })
    const account = await database.transaction(async transaction => {
      const found = await users.findById(id, transaction)
      if (!found) throw noSuchUser()
      if (found.lockedAt) return found
      const lockedAt = new Date()
      await users.change(id, { lockedAt }, transaction)
      await sessions.endAll(id, transaction)
      await oneTimeTokens.revoke(id, transaction)
      await webhooks.giveUp(id, explained('account-locked', {}), transaction)
      await audit.record({ userId: id, actorId, action: 'account-locked', client }, transaction)
      return { ...found, lockedAt }
    })
    ctx.body = toAdminUser(account)
  }
}

/** `POST /admin/users/{id}/unlock`. */
export function unlockUser({
  database,
  users,
  audit,
}: Pick<AppDeps, 'database' | 'users' | 'audit'>): EndpointHandler<typeof endpoints.unlockUser, UserState> {
  return async (ctx, { params: { id } }) => {
    const { userId: actorId, client } = ctx.state
    const account = await database.transaction(async transaction => {
      const found = await users.findById(id, transaction)
      if (!found) throw noSuchUser()
      if (!found.lockedAt) return found
      await users.change(id, { lockedAt: null }, transaction)
      await audit.record({ userId: id, actorId, action: 'account-unlocked', client }, transaction)
      return { ...found, lockedAt: undefined }
    })
    ctx.body = toAdminUser(account)
  }
}

function noSuchUser() {
  return problem(userEndpoints.noSuchUser, { detail: 'There is no such user.' })
}
