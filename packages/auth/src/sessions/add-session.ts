import { randomUUID } from 'node:crypto'
import type { Transaction } from 'sequelize'
import type { AuditLog, Client } from '../audit/audit-log.ts'
import { lockUnchanged } from '../users/lock-unchanged.ts'
import type { Account, UserStore } from '../users/user-store.ts'
import type { Session, SessionStore } from './session-store.ts'

/** Most sessions of a user; the one used longest ago gives way to a new one. */
const maxSessions = 100

export interface NewSession {
  account: Account
  client: Client
  expiresAt: Date
  /** Of a session of a browser. */
  secretHash?: string
}

/** Adds a session after a login, and notes it in the audit log.
 *  @returns `undefined` if the account has another password by now, is locked or deleted */
export async function addSession(
  { users, audit, store }: { users: UserStore; audit: Pick<AuditLog, 'record'>; store: SessionStore },
  { account, client, expiresAt, secretHash }: NewSession,
  transaction: Transaction,
): Promise<Session | undefined> {
  const now = new Date()
  const session: Session = {
    ...{ id: randomUUID(), userId: account.id, generation: 1, rotatedAt: now, createdAt: now },
    ...{ lastUsedAt: now, expiresAt },
    ...{ clientAddress: client.address, userAgent: client.userAgent ?? '' },
  }
  // The account may have changed while the password was compared. The lock keeps the limit of sessions.
  if (!(await lockUnchanged(users, account, transaction))) return undefined
  await store.removeBeyond(account.id, maxSessions - 1, transaction)
  await store.add(session, transaction, secretHash)
  const entry = { userId: account.id, actorId: account.id, action: 'logged-in', client } as const
  await audit.record({ ...entry, detail: { sessionId: session.id } }, transaction)
  return session
}
