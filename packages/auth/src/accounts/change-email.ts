import { type accounts as endpoints, users as userEndpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, type HttpProblem, problem } from '@jackalope/service-kit'
import type { Transaction } from 'sequelize'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import type { Client } from '../audit/audit-log.ts'
import type { Account } from '../users/user-store.ts'
import { confirmPassword } from './confirm-password.ts'
import { lockConfirmed } from './lock-confirmed.ts'
import { evenMs, takeAtLeast } from './take-at-least.ts'
import { useToken } from './use-token.ts'

type ChangeDeps = Pick<
  AppDeps,
  | 'database'
  | 'users'
  | 'passwords'
  | 'attempts'
  | 'throttle'
  | 'oneTimeTokens'
  | 'mails'
  | 'audit'
  | 'verification'
>

/** A change of address by whom and from where. */
interface EmailChange {
  account: Account
  email: string
  client: Client
  actorId?: string
}

/** `POST /account/email`: the address changes when its owner has confirmed that, or at once where no mail is sent. Whether
 *  another account has the address is not to be seen. */
export function changeEmail(deps: ChangeDeps): EndpointHandler<typeof endpoints.changeEmail, UserState> {
  const { database, users } = deps
  return async (ctx, { body: { password, email } }) => {
    const { account: confirmed, client, userId: actorId } = ctx.state
    // It sends mails to strangers, as registrations do.
    if (deps.verification) await deps.throttle.count('mail', client.address)
    await confirmPassword(deps, { account: confirmed, password, client })
    if (email === confirmed.email) throw emailTaken('This is your e-mail address already.')
    const change = (step: (change: EmailChange, transaction: Transaction) => Promise<void>) =>
      database.transaction(async transaction => {
        const account = await lockConfirmed(users, confirmed, transaction)
        await step({ account, email, client, actorId }, transaction)
      })
    if (deps.verification)
      await takeAtLeast(evenMs, () => change((wanted, transaction) => askForIt(deps, wanted, transaction)))
    else await change((wanted, transaction) => takeEffect(deps, wanted, transaction))
    ctx.body = null
    ctx.status = deps.verification ? 202 : 204
  }
}

/** `POST /account/email/confirm`: whoever has the token has read the mail to the new address. */
export function confirmEmail(deps: ChangeDeps): EndpointHandler<typeof endpoints.confirmEmail, UserState> {
  return async (ctx, { body }) => {
    const { client } = ctx.state
    await deps.database.transaction(async transaction => {
      const link = { purpose: 'email-change', text: body.token } as const
      const { account, token } = await useToken(deps, link, transaction)
      await takeEffect(deps, { account, email: token.email, client }, transaction)
    })
    ctx.status = 204
  }
}

async function askForIt(
  { users, oneTimeTokens, mails, audit }: ChangeDeps,
  { account, email, client, actorId }: EmailChange,
  transaction: Transaction,
): Promise<void> {
  const { id: userId } = account
  // The last wish counts.
  await oneTimeTokens.revoke(userId, transaction, 'email-change')
  const owner = await users.findByEmail(email, transaction)
  const mail = { kind: 'email-change-confirm', link: 'email-change', userId, to: email, client } as const
  const hasLink =
    !owner && (await mails.send({ ...mail, oldEmail: account.email, newEmail: email }, transaction))
  // The account shows the wish all the same. Nobody gets the text of this token.
  if (!hasLink) await oneTimeTokens.create({ userId, purpose: 'email-change', email }, transaction)
  if (owner && !owner.lockedAt)
    await mails.send({ kind: 'already-registered', userId: owner.id, to: email, client }, transaction)
  const entry = { userId, actorId, action: 'email-change-requested', client } as const
  await audit.record({ ...entry, detail: { newEmail: email } }, transaction)
}

async function takeEffect(
  { users, oneTimeTokens, mails, audit, verification }: ChangeDeps,
  { account, email, client, actorId }: EmailChange,
  transaction: Transaction,
): Promise<void> {
  const { id: userId, email: oldEmail } = account
  const emailVerifiedAt = verification ? new Date() : null
  const changed = await users.change(userId, { email, emailVerifiedAt }, transaction)
  if (!changed) throw emailTaken('Another account has got this e-mail address meanwhile.')
  // Links that went to the old address must not open the account any more.
  await oneTimeTokens.revoke(userId, transaction)
  const news = { kind: 'email-changed', userId, oldEmail, newEmail: email, client } as const
  if (account.emailVerified) await mails.send({ ...news, to: oldEmail }, transaction)
  await mails.send({ ...news, to: email }, transaction)
  const detail = { oldEmail, newEmail: email }
  await audit.record({ userId, actorId, action: 'email-changed', client, detail }, transaction)
}

function emailTaken(detail: string): HttpProblem {
  return problem(userEndpoints.emailTaken, { detail })
}
