import type { AdminUser, AdminUserList } from '@jackalope/contracts'
import type { admin as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { cutPage } from '../http/cut-page.ts'
import type { Account } from '../users/user-store.ts'

/** `GET /admin/users`. */
export function listUsers({
  users,
}: Pick<AppDeps, 'users'>): EndpointHandler<typeof endpoints.listUsers, UserState> {
  return async (ctx, { query: { limit, before, email, ids } }) => {
    const found = await users.list({
      limit: limit + 1,
      before: before ? readCursor(before) : undefined,
      ...{ email, ids },
    })
    const { page, next } = cutPage(ctx, found, limit, writeCursor)
    ctx.body = { users: page.map(toAdminUser), next } satisfies AdminUserList
  }
}

export function toAdminUser({ id, email, emailVerified, roles, createdAt, lockedAt }: Account): AdminUser {
  return {
    ...{ id, email, emailVerified, roles: [...roles], createdAt: createdAt.toISOString() },
    lockedAt: lockedAt?.toISOString(),
  }
}

/** Milliseconds since the epoch, and the id: users who registered in the same millisecond are on one page each. */
function writeCursor({ createdAt, id }: Account): string {
  return `${createdAt.getTime()}-${id}`
}

function readCursor(text: string): { createdAt: Date; id: string } {
  const dash = text.indexOf('-')
  return { createdAt: new Date(Number(text.slice(0, dash))), id: text.slice(dash + 1) }
}
