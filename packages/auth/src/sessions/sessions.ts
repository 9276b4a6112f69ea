import { randomBytes } from 'node:crypto'
import type { Transaction } from 'sequelize'
import type { AccountMails } from '../account-mails/account-mails.ts'
import type { AuditLog, Client } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import { hashToken } from '../tokens/hash-token.ts'
import type { Account, UserStore } from '../users/user-store.ts'
import { addSession } from './add-session.ts'
import { judgeTokenUse } from './judge-token-use.ts'
import { createSessionStore, type Session } from './session-store.ts'

/** How long a session lasts without a refresh, in milliseconds: 30 days. */
export const idleMs = 30 * 86_400_000
/** How long a session lasts at most, in milliseconds: 180 days. */
export const maxLifeMs = 180 * 86_400_000
/** How many used refresh tokens of a session are remembered: a month of one every ten minutes. */
const keptGenerations = 5_000

/** A session with the token that extends it. */
export interface OpenSession {
  account: Account
  sessionId: string
  /** Shown this once; only its hash is stored. */
  refreshToken: string
  /** When the session ends if nobody refreshes it. */
  expiresAt: Date
}

export interface SessionsDeps {
  database: Database
  users: UserStore
  audit: Pick<AuditLog, 'record'>
  mails: Pick<AccountMails, 'send'>
  /** Lifetime of an access token, in seconds. */
  accessTokenSeconds: number
}

/** Who is logged in. Every method throws an `HttpProblem` 503 while the database does not answer. */
export interface Sessions {
  /** Begins a session after a login.
   *  @returns `undefined` if the account has another password by now, is locked or deleted */
  start(account: Account, client: Client): Promise<OpenSession | undefined>
  /** Begins a session without a refresh token: it ends with its access token. Gives its id, or `undefined` as `start`. */
  startShort(account: Account, client: Client): Promise<string | undefined>
  /** Exchanges a refresh token for its successor. The second use of a token ends its session: one of the two users has
   *  stolen it, and nobody can tell which.
   *  @returns `undefined` if the token is unknown, used, expired, or its user locked */
  refresh(refreshToken: string, client: Client): Promise<OpenSession | undefined>
  /** Whether the session goes on. */
  isLive(userId: string, sessionId: string): Promise<boolean>
  /** A user's sessions, last used first. */
  list(userId: string): Promise<Session[]>
  /** Ends one session; gives whether the user had it. */
  end(userId: string, sessionId: string, transaction: Transaction): Promise<boolean>
  /** Ends all sessions of a user, or all but one; gives their number. */
  endAll(userId: string, transaction: Transaction, exceptId?: string): Promise<number>
  /** Removes at most `limit` expired sessions; gives their number. */
  removeExpired(limit: number): Promise<number>
}

export function createSessions(deps: SessionsDeps): Sessions {
  const { database, users, audit, mails } = deps
  const store = createSessionStore(database)

  async function begin(account: Account, client: Client, lifeMs: number): Promise<OpenSession | undefined> {
    const expiresAt = new Date(Date.now() + lifeMs)
    return await database.transaction(async transaction => {
      const session = await addSession({ users, audit, store }, { account, client, expiresAt }, transaction)
      return session && (await issueToken(account, session, transaction))
    })
  }

  async function issueToken(account: Account, session: Session, transaction: Transaction) {
    const refreshToken = randomBytes(32).toString('base64url')
    await store.addToken(hashToken(refreshToken), session, transaction)
    return { account, sessionId: session.id, refreshToken, expiresAt: session.expiresAt }
  }

  async function endForReuse(session: Session, account: Account, client: Client, transaction: Transaction) {
    await store.remove(session.userId, session.id, transaction)
    const entry = { userId: session.userId, action: 'refresh-token-reused', client } as const
    await audit.record({ ...entry, detail: { sessionId: session.id } }, transaction)
    const mail = { kind: 'sessions-ended', userId: account.id, to: account.email, client } as const
    if (account.emailVerified) await mails.send(mail, transaction)
  }

  return {
    start: (account, client) => begin(account, client, idleMs),
    async startShort(account, client) {
      return (await begin(account, client, deps.accessTokenSeconds * 1_000))?.sessionId
    },
    refresh: (refreshToken, client) =>
      database.transaction(async transaction => {
        const tokenHash = hashToken(refreshToken)
        const token = await store.findToken(tokenHash, transaction)
        // First the user's row, then the session's, as everywhere: a deletion meanwhile makes no deadlock.
        const account = token && (await users.findById(token.userId, transaction))
        const session = token && (await store.find(token.sessionId, transaction))
        const now = new Date()
        if (!account || account.lockedAt || !session || session.expiresAt <= now) return undefined
        const { generation } = token
        const siblings = await store.countTokens(session, transaction)
        const verdict = judgeTokenUse({ session, generation, siblings }, client.userAgent ?? '', now)
        if (verdict === 'reused') {
          await endForReuse(session, account, client, transaction)
          return undefined
        }
        // The grace is for the token that was used, and not for its siblings: a thief could go on with his by using it
        // shortly after each refresh of the owner.
        if (verdict === 'current') await store.useUp(tokenHash, session, transaction)
        const endOfLife = session.createdAt.getTime() + maxLifeMs
        const refreshed = {
          ...session,
          ...(verdict === 'current' && { generation: session.generation + 1, rotatedAt: now }),
          lastUsedAt: now,
          expiresAt: new Date(Math.min(now.getTime() + idleMs, endOfLife)),
          clientAddress: client.address,
          userAgent: client.userAgent ?? '',
        }
        await store.update(refreshed, transaction)
        const oldest = refreshed.generation - keptGenerations
        if (oldest > 0) await store.removeTokensBefore({ id: session.id, generation: oldest }, transaction)
        return await issueToken(account, refreshed, transaction)
      }),
    async isLive(userId, sessionId) {
      const session = await store.find(sessionId)
      return session?.userId === userId && session.expiresAt > new Date()
    },
    list: store.list,
    end: store.remove,
    endAll: store.removeAll,
    removeExpired: store.removeExpired,
  }
}
