import { accounts as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import type { Client } from '../audit/audit-log.ts'
import { evenMs, takeAtLeast } from './take-at-least.ts'
import { linkInvalid, useToken } from './use-token.ts'

type RequestDeps = Pick<
  AppDeps,
  'database' | 'users' | 'mails' | 'audit' | 'attempts' | 'verification' | 'throttle'
>

/** `POST /password-reset`: 202 after the same time, whether the address has an account or not. */
export function requestPasswordReset(
  deps: RequestDeps,
): EndpointHandler<typeof endpoints.requestPasswordReset, UserState> {
  return async (ctx, { body: { email } }) => {
    if (!deps.verification)
      throw problem(endpoints.mailOff, {
        detail: 'This installation sends no mail, so nobody can get a link for a new password.',
      })
    await deps.throttle.count('mail', ctx.state.client.address)
    await takeAtLeast(evenMs, () => sendLink(deps, email, ctx.state.client))
    ctx.body = null
    ctx.status = 202
  }
}

async function sendLink(
  { database, users, mails, audit, attempts }: RequestDeps,
  email: string,
  client: Client,
) {
  const isKnownPlace = await attempts.knows(email, client.address)
  await database.transaction(async transaction => {
    const account = await users.findByEmail(email, transaction)
    if (!account || account.lockedAt) return
    const { id: userId } = account
    const mail = { kind: 'password-reset', link: 'password-reset', userId, to: email, client } as const
    if (await mails.send({ ...mail, isKnownPlace }, transaction))
      await audit.record({ userId, action: 'password-reset-requested', client }, transaction)
  })
}

type ResetDeps = Pick<
  AppDeps,
  | 'database'
  | 'users'
  | 'passwords'
  | 'passwordRules'
  | 'oneTimeTokens'
  | 'sessions'
  | 'apiKeys'
  | 'attempts'
  | 'mails'
  | 'audit'
>

/** `POST /password-reset/confirm`: whoever has the token owns the address, and so the account. Somebody else may have had it
 *  until now, or may have registered the address before its owner did: his sessions, API keys and links end. */
export function resetPassword(deps: ResetDeps): EndpointHandler<typeof endpoints.resetPassword, UserState> {
  const { database, users, passwords, oneTimeTokens, sessions, apiKeys, mails, audit } = deps
  return async (ctx, { body }) => {
    const { client } = ctx.state
    const link = { purpose: 'password-reset', text: body.token } as const
    // Hashing costs much: it is not for who has no link.
    const known = await database.transaction(transaction =>
      oneTimeTokens.look(link.purpose, link.text, transaction),
    )
    if (!known) throw linkInvalid()
    await deps.passwordRules.check(body.password, known)
    const passwordHash = await passwords.hash(body.password, client.address)
    const email = await database.transaction(async transaction => {
      const { account, token } = await useToken(deps, link, transaction)
      const { id: userId, email } = account
      if (token.email !== email) throw linkInvalid()
      await users.change(userId, { passwordHash, emailVerifiedAt: new Date() }, transaction)
      await sessions.endAll(userId, transaction)
      const revokedKeys = await apiKeys.revokeAll(userId, transaction)
      await oneTimeTokens.revoke(userId, transaction)
      await mails.send({ kind: 'password-changed', userId, to: email, client }, transaction)
      const detail = { revokedKeys }
      await audit.record({ userId, action: 'password-reset', client, detail }, transaction)
      return email
    })
    // Guesses at the account from elsewhere must not keep its owner from logging in now.
    await deps.attempts.moveTo(email, client.address)
    ctx.status = 204
  }
}
