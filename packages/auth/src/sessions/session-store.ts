import type { Transaction } from 'sequelize'
import type { Database } from '../database/database.ts'

/** A session as it is stored. */
export interface Session {
  id: string
  userId: string
  /** How often the refresh token was rotated; a token of this generation is the current one. */
  generation: number
  rotatedAt: Date
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
  clientAddress: string
  /** Empty if the client sends none. */
  userAgent: string
}

/** A refresh token that was issued, used or not. */
export interface KnownToken {
  sessionId: string
  userId: string
  generation: number
}

/** The statements on `sessions` and `refresh_tokens`. */
export interface SessionStore {
  /** @param secretHash - of a session of a browser */
  add(session: Session, transaction: Transaction, secretHash?: string): Promise<void>
  addToken(
    tokenHash: string,
    session: Pick<Session, 'id' | 'generation'>,
    transaction: Transaction,
  ): Promise<void>
  /** A browser's session that has not expired. */
  findBySecret(secretHash: string): Promise<Session | undefined>
  /** Stores a use of a browser's session, unless another process has just done so: after `usedBefore`. */
  touch(session: Session, usedBefore: Date): Promise<void>
  findToken(tokenHash: string, transaction: Transaction): Promise<KnownToken | undefined>
  /** How many tokens of its current generation a session has. */
  countTokens(session: Pick<Session, 'id' | 'generation'>, transaction: Transaction): Promise<number>
  /** Stores what a refresh changes. */
  update(session: Session, transaction: Transaction): Promise<void>
  /** Makes the other tokens of the session's generation look used, when one of them is used: whoever shows another is a
   *  second holder. */
  useUp(
    tokenHash: string,
    session: Pick<Session, 'id' | 'generation'>,
    transaction: Transaction,
  ): Promise<void>
  /** Removes tokens of older generations. */
  removeTokensBefore(session: Pick<Session, 'id' | 'generation'>, transaction: Transaction): Promise<void>
  /** With a transaction, the row is locked until its end. */
  find(id: string, transaction?: Transaction): Promise<Session | undefined>
  /** A user's sessions that have not expired, last used first. */
  list(userId: string): Promise<Session[]>
  /** Gives whether there was such a session of this user. */
  remove(userId: string, id: string, transaction: Transaction): Promise<boolean>
  /** Removes all sessions of a user, or all but one; gives their number. */
  removeAll(userId: string, transaction: Transaction, exceptId?: string): Promise<number>
  /** Removes the sessions of a user that were used longest ago, beyond `limit`. */
  removeBeyond(userId: string, limit: number, transaction: Transaction): Promise<void>
  /** Removes at most `limit` expired sessions; gives their number. */
  removeExpired(limit: number): Promise<number>
}

const columns = `id, user_id AS userId, generation, rotated_at AS rotatedAt, created_at AS createdAt,
  last_used_at AS lastUsedAt, expires_at AS expiresAt, client_address AS clientAddress, user_agent AS userAgent`

export function createSessionStore(database: Database): SessionStore {
  const { select, change } = database
  return {
    async add(session, transaction, secretHash) {
      await change(
        `INSERT INTO sessions (id, user_id, generation, rotated_at, created_at, last_used_at, expires_at,
           client_address, user_agent, secret_hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          ...[session.id, session.userId, session.generation, session.rotatedAt, session.createdAt],
          ...[session.lastUsedAt, session.expiresAt, session.clientAddress, session.userAgent],
          secretHash ?? null,
        ],
        transaction,
      )
    },
    async findBySecret(secretHash) {
      const sql = `SELECT ${columns} FROM sessions WHERE secret_hash = ? AND expires_at > ?`
      const [session] = await select<Session>(sql, [secretHash, new Date()])
      return session
    },
    async touch({ id, lastUsedAt, expiresAt, clientAddress, userAgent }, usedBefore) {
      await change(
        `UPDATE sessions SET last_used_at = ?, expires_at = ?, client_address = ?, user_agent = ?
         WHERE id = ? AND last_used_at < ?`,
        [lastUsedAt, expiresAt, clientAddress, userAgent, id, usedBefore],
      )
    },
    async addToken(tokenHash, { id, generation }, transaction) {
      await change(
        'INSERT INTO refresh_tokens (token_hash, session_id, generation) VALUES (?, ?, ?)',
        [tokenHash, id, generation],
        transaction,
      )
    },
    async findToken(tokenHash, transaction) {
      const [token] = await select<KnownToken>(
        `SELECT t.session_id AS sessionId, s.user_id AS userId, t.generation FROM refresh_tokens t
         JOIN sessions s ON s.id = t.session_id WHERE t.token_hash = ?`,
        [tokenHash],
        transaction,
      )
      return token
    },
    async countTokens({ id, generation }, transaction) {
      const [count] = await select<{ tokens: number }>(
        'SELECT COUNT(*) AS tokens FROM refresh_tokens WHERE session_id = ? AND generation = ?',
        [id, generation],
        transaction,
      )
      return Number(count?.tokens)
    },
    async update(session, transaction) {
      await change(
        `UPDATE sessions SET generation = ?, rotated_at = ?, last_used_at = ?, expires_at = ?,
           client_address = ?, user_agent = ? WHERE id = ?`,
        [
          ...[session.generation, session.rotatedAt, session.lastUsedAt, session.expiresAt],
          ...[session.clientAddress, session.userAgent, session.id],
        ],
        transaction,
      )
    },
    async useUp(tokenHash, { id, generation }, transaction) {
      await change(
        `UPDATE refresh_tokens SET generation = generation - 1
         WHERE session_id = ? AND generation = ? AND token_hash <> ?`,
        [id, generation, tokenHash],
        transaction,
      )
    },
    async removeTokensBefore({ id, generation }, transaction) {
      await change(
        'DELETE FROM refresh_tokens WHERE session_id = ? AND generation < ?',
        [id, generation],
        transaction,
      )
    },
    async find(id, transaction) {
      const lock = transaction ? 'FOR UPDATE' : ''
      const sql = `SELECT ${columns} FROM sessions WHERE id = ? ${lock}`
      const [session] = await select<Session>(sql, [id], transaction)
      return session
    },
    list: userId =>
      select<Session>(
        `SELECT ${columns} FROM sessions WHERE user_id = ? AND expires_at > ? ORDER BY last_used_at DESC, id`,
        [userId, new Date()],
      ),
    async remove(userId, id, transaction) {
      return (
        (await change('DELETE FROM sessions WHERE id = ? AND user_id = ?', [id, userId], transaction)) > 0
      )
    },
    removeAll: (userId, transaction, exceptId = '') =>
      change('DELETE FROM sessions WHERE user_id = ? AND id <> ?', [userId, exceptId], transaction),
    async removeBeyond(userId, limit, transaction) {
      const [count] = await select<{ sessions: number }>(
        'SELECT COUNT(*) AS sessions FROM sessions WHERE user_id = ?',
        [userId],
        transaction,
      )
      const surplus = Number(count?.sessions) - limit
      if (surplus <= 0) return
      const sql = 'DELETE FROM sessions WHERE user_id = ? ORDER BY last_used_at LIMIT ?'
      await change(sql, [userId, surplus], transaction)
    },
    removeExpired: limit =>
      change('DELETE FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?', [new Date(), limit]),
  }
}
