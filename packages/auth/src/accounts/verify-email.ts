import { accounts as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { linkInvalid, useToken } from './use-token.ts'

type VerifyDeps = Pick<AppDeps, 'database' | 'users' | 'oneTimeTokens' | 'audit'>

/** `POST /verify-email`: whoever has the token has read the mail to the address. */
export function verifyEmail(deps: VerifyDeps): EndpointHandler<typeof endpoints.verifyEmail, UserState> {
  const { database, users, oneTimeTokens, audit } = deps
  return async (ctx, { body }) => {
    const { client } = ctx.state
    await database.transaction(async transaction => {
      const purpose = 'verify-email'
      const { account, token } = await useToken(deps, { purpose, text: body.token }, transaction)
      // The account may have another address by now, which nobody has confirmed.
      if (token.email !== account.email) throw linkInvalid()
      await users.change(account.id, { emailVerifiedAt: new Date() }, transaction)
      await oneTimeTokens.revoke(account.id, transaction, purpose)
      await audit.record({ userId: account.id, action: 'email-verified', client }, transaction)
    })
    ctx.status = 204
  }
}

/** `POST /verify-email/resend`: the mail with the link once more. Links of earlier mails stay good. */
export function resendVerification({
  database,
  users,
  mails,
}: Pick<AppDeps, 'database' | 'users' | 'mails'>): EndpointHandler<
  typeof endpoints.resendVerification,
  UserState
> {
  return async ctx => {
    const { client, userId } = ctx.state
    await database.transaction(async transaction => {
      const account = await users.findById(userId, transaction)
      if (!account || account.emailVerified)
        throw problem(endpoints.emailVerifiedAlready, { detail: 'Your e-mail address is verified.' })
      const { email: to } = account
      await mails.send({ kind: 'verify-email', link: 'verify-email', userId, to, client }, transaction)
    })
    ctx.body = null
    ctx.status = 202
  }
}
