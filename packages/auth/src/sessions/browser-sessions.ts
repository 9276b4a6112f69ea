import {
  guestRole,
  guestScopes,
  isSessionToken,
  makeSessionToken,
  type OpenedSession,
  type SessionHolder,
  scopes,
} from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { AuditLog, Client } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import { hashToken } from '../tokens/hash-token.ts'
import type { Account, UserStore } from '../users/user-store.ts'
import { addSession } from './add-session.ts'
import { createSessionStore, type Session } from './session-store.ts'
import { idleMs, maxLifeMs } from './sessions.ts'

/** How precisely the last use is stored, in milliseconds: a busy page does not write to the database all the time. */
const lastUsePrecisionMs = 60_000

export interface BrowserSessionsDeps {
  database: Database
  users: UserStore
  audit: Pick<AuditLog, 'record'>
}

/** The sessions of browsers, whose secret is in a cookie. It is never replaced, so tabs do not race for the next one. They are
 *  listed, and end, with all other sessions. Every method throws an `HttpProblem` 503 while the database does not answer. */
export interface BrowserSessions {
  /** Begins a session after a login.
   *  @param replaced - secret of the session that the browser had, which ends
   *  @returns `undefined` if the account has another password by now, is locked or deleted */
  start(account: Account, client: Client, replaced?: string): Promise<OpenedSession | undefined>
  /** The same within a transaction. */
  startWithin(account: Account, client: Client, transaction: Transaction): Promise<OpenedSession | undefined>
  /** Whom a session speaks for, and that it was used; `undefined` if it is unknown or has ended, or its user is locked. */
  exchange(token: string, client: Client): Promise<SessionHolder | undefined>
  /** Ends a session; gives whether there was one. */
  end(token: string, client: Client): Promise<boolean>
}

export function createBrowserSessions({ database, users, audit }: BrowserSessionsDeps): BrowserSessions {
  const store = createSessionStore(database)
  const find = async (token: string) =>
    isSessionToken(token) ? await store.findBySecret(hashToken(token)) : undefined

  async function startWithin(account: Account, client: Client, transaction: Transaction) {
    const token = makeSessionToken()
    const added = await addSession(
      { users, audit, store },
      { account, client, expiresAt: endOf(account, new Date()), secretHash: hashToken(token) },
      transaction,
    )
    return added && { ...toHolder(account, added), token }
  }

  async function endWithin(session: Session, client: Client, transaction: Transaction): Promise<boolean> {
    const { id: sessionId, userId } = session
    // A second tab at the same moment leaves no second entry.
    if (!(await store.remove(userId, sessionId, transaction))) return false
    const entry = { userId, actorId: userId, action: 'logged-out', client } as const
    await audit.record({ ...entry, detail: { sessionId } }, transaction)
    return true
  }

  return {
    startWithin,
    async start(account, client, replaced) {
      const before = replaced === undefined ? undefined : await find(replaced)
      return await database.transaction(async transaction => {
        const opened = await startWithin(account, client, transaction)
        if (opened && before) await endWithin(before, client, transaction)
        return opened
      })
    },
    async exchange(token, client) {
      const session = await find(token)
      if (!session) return undefined
      const account = await users.findById(session.userId)
      const now = new Date()
      if (!account || account.lockedAt || (account.expiresAt && account.expiresAt <= now)) return undefined
      const usedBefore = new Date(now.getTime() - lastUsePrecisionMs)
      if (session.lastUsedAt >= usedBefore) return toHolder(account, session)
      const used: Session = {
        ...session,
        lastUsedAt: now,
        expiresAt: endOf(account, session.createdAt),
        clientAddress: client.address,
        userAgent: client.userAgent ?? '',
      }
      await store.touch(used, usedBefore)
      return toHolder(account, used)
    },
    async end(token, client) {
      const session = await find(token)
      if (!session) return false
      return await database.transaction(transaction => endWithin(session, client, transaction))
    },
  }
}

/** When a session ends that is used now and not again. */
function endOf({ expiresAt }: Account, createdAt: Date): Date {
  return expiresAt ?? new Date(Math.min(Date.now() + idleMs, createdAt.getTime() + maxLifeMs))
}

function toHolder(account: Account, session: Session): SessionHolder {
  const isGuest = account.roles.includes(guestRole)
  return {
    sessionId: session.id,
    user: {
      ...{ id: account.id, email: account.email || undefined, roles: [...account.roles] },
      ...{ verified: account.emailVerified, guest: isGuest },
      expiresAt: account.expiresAt?.toISOString(),
    },
    scopes: [...(isGuest ? guestScopes : scopes)],
    expiresAt: session.expiresAt.toISOString(),
  }
}
