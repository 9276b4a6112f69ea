import type { InternalUser } from '@jackalope/contracts'
import { users as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'

/** `GET /internal/users/:id` with the service token: a user's mail address, for services that send mails. */
export function getUser({
  users,
}: Pick<AppDeps, 'users'>): EndpointHandler<typeof endpoints.getUser, UserState> {
  return async (ctx, { params }) => {
    const account = await users.findById(params.id)
    if (!account) throw problem(endpoints.noSuchUser, { detail: 'There is no such user.' })
    const { id, email, emailVerified, lockedAt, notices, language } = account
    const mayMail = emailVerified && !lockedAt
    ctx.body = { id, email, emailVerified, mayMail, notices, language } satisfies InternalUser
  }
}
