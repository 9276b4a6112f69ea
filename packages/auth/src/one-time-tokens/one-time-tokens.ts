import { randomBytes } from 'node:crypto'
import type { Transaction } from 'sequelize'
import type { Database } from '../database/database.ts'
import { createTokenTexts, type TokenPurpose } from './token-text.ts'

/** How long a token is good for, in milliseconds. */
const tokenLifeMs: Readonly<Record<TokenPurpose, number>> = {
  'verify-email': 24 * 3_600_000,
  'password-reset': 3_600_000,
  'email-change': 24 * 3_600_000,
}

export interface OneTimeToken {
  id: string
  userId: string
  purpose: TokenPurpose
  /** The address that the token was sent to. */
  email: string
  expiresAt: Date
}

/** The tokens of links in mails. Each works once, for one purpose, until it expires. */
export interface OneTimeTokens {
  create(token: Pick<OneTimeToken, 'userId' | 'purpose' | 'email'>, transaction: Transaction): Promise<string>
  /** Whose token a text is, without using it; `undefined` if it is used, expired, of another purpose or invented. */
  look(purpose: TokenPurpose, text: string, transaction: Transaction): Promise<OneTimeToken | undefined>
  /** Uses a token; gives whether nobody has used it before. Lock its user's row first, as everybody does. */
  use(id: string, transaction: Transaction): Promise<boolean>
  /** Makes tokens of a user useless: all, or those of one purpose. */
  revoke(userId: string, transaction: Transaction, purpose?: TokenPurpose): Promise<void>
  /** A token that is still good, by its id. */
  find(id: string): Promise<OneTimeToken | undefined>
  /** A user's open token of a purpose that expires last. */
  latest(userId: string, purpose: TokenPurpose): Promise<OneTimeToken | undefined>
  /** Its text. It opens an account: never store or log it. */
  textOf(token: Pick<OneTimeToken, 'id' | 'purpose'>): string
  /** Removes at most `limit` expired tokens; gives their number. */
  removeExpired(limit: number): Promise<number>
}

const columns = 'id, user_id AS userId, purpose, email, expires_at AS expiresAt'

/** @param serviceToken - the texts' key is derived from it */
export function createOneTimeTokens(database: Database, serviceToken: string): OneTimeTokens {
  const texts = createTokenTexts(serviceToken)
  const { select, change } = database
  return {
    async create({ userId, purpose, email }, transaction) {
      const id = randomBytes(16).toString('base64url')
      const now = new Date()
      const expiresAt = new Date(now.getTime() + tokenLifeMs[purpose])
      await change(
        `INSERT INTO one_time_tokens (id, user_id, purpose, email, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [id, userId, purpose, email, now, expiresAt],
        transaction,
      )
      return id
    },
    async look(purpose, text, transaction) {
      const id = texts.read(purpose, text)
      if (id === undefined) return undefined
      const [token] = await select<OneTimeToken>(
        `SELECT ${columns} FROM one_time_tokens WHERE id = ? AND purpose = ? AND expires_at > ?`,
        [id, purpose, new Date()],
        transaction,
      )
      return token
    },
    // Of two at once, the second waits for the end of the first and then removes nothing.
    use: async (id, transaction) =>
      (await change('DELETE FROM one_time_tokens WHERE id = ?', [id], transaction)) === 1,
    async revoke(userId, transaction, purpose) {
      const which = purpose === undefined ? '' : 'AND purpose = ?'
      const values = purpose === undefined ? [userId] : [userId, purpose]
      await change(`DELETE FROM one_time_tokens WHERE user_id = ? ${which}`, values, transaction)
    },
    async find(id) {
      const [token] = await select<OneTimeToken>(
        `SELECT ${columns} FROM one_time_tokens WHERE id = ? AND expires_at > ?`,
        [id, new Date()],
      )
      return token
    },
    async latest(userId, purpose) {
      const [token] = await select<OneTimeToken>(
        `SELECT ${columns} FROM one_time_tokens WHERE user_id = ? AND purpose = ? AND expires_at > ?
         ORDER BY expires_at DESC LIMIT 1`,
        [userId, purpose, new Date()],
      )
      return token
    },
    textOf: ({ id, purpose }) => texts.write(purpose, id),
    removeExpired: limit =>
      change('DELETE FROM one_time_tokens WHERE expires_at < ? ORDER BY expires_at LIMIT ?', [
        new Date(),
        limit,
      ]),
  }
}
