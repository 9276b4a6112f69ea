import { eraseAccount } from '@jackalope/contracts'
import type { accounts as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { confirmPassword } from './confirm-password.ts'
import { lockConfirmed } from './lock-confirmed.ts'

type DeleteDeps = Pick<
  AppDeps,
  'database' | 'users' | 'passwords' | 'attempts' | 'mails' | 'audit' | 'outbox'
>

/** When jobs and files are removed a second time, in milliseconds: an access token, or an upload that goes on for hours, may
 *  have added some after the first. */
const secondErasureMs = 24 * 3_600_000

/** `DELETE /account`: removes the user with sessions, API keys and links, and has jobs and files removed. The audit log keeps
 *  what was done and when, under an id that leads to nobody any more. */
export function deleteAccount(deps: DeleteDeps): EndpointHandler<typeof endpoints.deleteAccount, UserState> {
  const { database, users, mails, audit, outbox } = deps
  return async (ctx, { body: { password } }) => {
    const { account: confirmed, userId, client } = ctx.state
    await confirmPassword(deps, { account: confirmed, password, client })
    await database.transaction(async transaction => {
      const account = await lockConfirmed(users, confirmed, transaction)
      await mails.forget(userId, transaction)
      if (account.emailVerified)
        await mails.send({ kind: 'account-deleted', userId, to: account.email, client }, transaction)
      await audit.record({ userId, actorId: userId, action: 'account-deleted', client }, transaction)
      await audit.pseudonymize(userId, transaction)
      await outbox.add(eraseAccount, { userId }, { transaction })
      await outbox.add(eraseAccount, { userId }, { transaction, delay: secondErasureMs })
      // Sessions, API keys and tokens go with their user.
      await users.remove(userId, transaction)
    })
    ctx.status = 204
  }
}
