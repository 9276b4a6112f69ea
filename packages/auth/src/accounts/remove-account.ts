import { eraseAccount } from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { AccountMails } from '../account-mails/account-mails.ts'
import type { AuditLog, Client } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import type { AuthOutbox } from '../outbox/auth-outbox.ts'
import type { Account, UserStore } from '../users/user-store.ts'

export interface RemovalDeps {
  database: Database
  users: UserStore
  mails: AccountMails
  audit: AuditLog
  outbox: AuthOutbox
}

/** When jobs and files are removed a second time, in milliseconds: an access token, or an upload that goes on for hours, may
 *  have added some after the first. */
const secondErasureMs = 24 * 3_600_000

/** Removes a user with sessions, API keys and links, and has jobs and files removed. The audit log keeps what was done and
 *  when, under an id that leads to nobody any more.
 *  @param removal - the account, whose row is locked; and whose request it is, if it is anybody's */
export async function removeAccount(
  { users, mails, audit, outbox }: RemovalDeps,
  { account, client }: { account: Account; client?: Client },
  transaction: Transaction,
): Promise<void> {
  const { id: userId, email: to } = account
  await mails.forget(userId, transaction)
  if (account.emailVerified) await mails.send({ kind: 'account-deleted', userId, to, client }, transaction)
  const actorId = client && userId
  await audit.record({ userId, actorId, action: 'account-deleted', client }, transaction)
  await audit.pseudonymize(userId, transaction)
  await outbox.add(eraseAccount, { userId }, { transaction })
  await outbox.add(eraseAccount, { userId }, { transaction, delay: secondErasureMs })
  // Sessions, API keys and tokens go with their user.
  await users.remove(userId, transaction)
}
