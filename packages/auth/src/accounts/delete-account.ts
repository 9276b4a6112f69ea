import type { accounts as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { confirmPassword } from './confirm-password.ts'
import { lockConfirmed } from './lock-confirmed.ts'
import { type RemovalDeps, removeAccount } from './remove-account.ts'

type DeleteDeps = RemovalDeps & Pick<AppDeps, 'passwords' | 'attempts'>

/** `DELETE /account`: removes the user, and has jobs and files removed. */
export function deleteAccount(deps: DeleteDeps): EndpointHandler<typeof endpoints.deleteAccount, UserState> {
  return async (ctx, { body: { password } }) => {
    const { account: confirmed, client } = ctx.state
    await confirmPassword(deps, { account: confirmed, password, client })
    await deps.database.transaction(async transaction => {
      const account = await lockConfirmed(deps.users, confirmed, transaction)
      await removeAccount(deps, { account, client }, transaction)
    })
    ctx.status = 204
  }
}
