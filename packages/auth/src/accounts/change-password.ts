import type { accounts as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { confirmPassword } from './confirm-password.ts'
import { lockConfirmed } from './lock-confirmed.ts'

type ChangeDeps = Pick<
  AppDeps,
  | 'database'
  | 'users'
  | 'passwords'
  | 'passwordRules'
  | 'attempts'
  | 'oneTimeTokens'
  | 'sessions'
  | 'mails'
  | 'audit'
>

/** `POST /account/password`: ends all sessions but the one that asks, and makes useless the links of earlier mails. */
export function changePassword(
  deps: ChangeDeps,
): EndpointHandler<typeof endpoints.changePassword, UserState> {
  const { database, users, passwords, oneTimeTokens, sessions, mails, audit } = deps
  return async (ctx, { body }) => {
    const { account: confirmed, userId, user, client } = ctx.state
    await confirmPassword(deps, { account: confirmed, password: body.current_password, client })
    const { email } = confirmed
    await deps.passwordRules.check(body.new_password, { email, field: 'new_password' })
    const passwordHash = await passwords.hash(body.new_password, client.address)
    await database.transaction(async transaction => {
      const account = await lockConfirmed(users, confirmed, transaction)
      await users.change(userId, { passwordHash }, transaction)
      const endedSessions = await sessions.endAll(userId, transaction, user.sessionId)
      await oneTimeTokens.revoke(userId, transaction, 'password-reset')
      await oneTimeTokens.revoke(userId, transaction, 'email-change')
      if (account.emailVerified)
        await mails.send({ kind: 'password-changed', userId, to: account.email, client }, transaction)
      const entry = { userId, actorId: userId, action: 'password-changed', client } as const
      await audit.record({ ...entry, detail: { endedSessions } }, transaction)
    })
    await deps.attempts.moveTo(email, client.address)
    ctx.status = 204
  }
}
