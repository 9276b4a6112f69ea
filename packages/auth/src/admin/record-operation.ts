import { operations as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import { maxUserAgentLength } from '../access/identify-client.ts'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'

/** `POST /internal/operations`: the gateway asks before it does something in the name of an admin. Its access tokens are good for
 *  minutes; here it counts whether the user is an admin now. */
export function recordOperation({
  database,
  users,
  audit,
}: Pick<AppDeps, 'database' | 'users' | 'audit'>): EndpointHandler<
  typeof endpoints.recordOperation,
  UserState
> {
  return async (ctx, { body: { actorId, action, clientAddress, userAgent, detail } }) => {
    await database.transaction(async transaction => {
      const account = await users.findById(actorId, transaction)
      if (!account || account.lockedAt || !account.roles.includes('admin'))
        throw problem(endpoints.notAnAdmin, { detail: 'The user is no admin.' })
      const client = clientAddress
        ? { address: clientAddress, userAgent: userAgent?.slice(0, maxUserAgentLength) }
        : undefined
      // It is done to the service, so it stands among what the admin himself did.
      await audit.record({ userId: actorId, actorId, action, client, detail }, transaction)
    })
    ctx.status = 204
  }
}
