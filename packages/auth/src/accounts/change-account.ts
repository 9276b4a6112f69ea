import type { accounts as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, tokenRefused } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { accountViewOf } from './get-account.ts'

/** `PATCH /account`: which mails come, and in which language. */
export function changeAccount({
  database,
  users,
  audit,
  oneTimeTokens,
}: Pick<AppDeps, 'database' | 'users' | 'audit' | 'oneTimeTokens'>): EndpointHandler<
  typeof endpoints.changeAccount,
  UserState
> {
  return async (ctx, { body }) => {
    const { userId, client } = ctx.state
    const account = await database.transaction(async transaction => {
      const current = await users.findById(userId, transaction)
      if (!current) throw tokenRefused('The account does not exist')
      const { notices = current.notices, language = current.language } = body
      await users.change(userId, { notices, language }, transaction)
      if (notices !== current.notices) {
        const entry = { userId, actorId: userId, action: 'notices-changed', client } as const
        await audit.record({ ...entry, detail: { notices } }, transaction)
      }
      return { ...current, notices, language }
    })
    ctx.body = await accountViewOf(account, oneTimeTokens)
  }
}
