import { parseScope, type Scope } from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { Database } from '../database/database.ts'

type ApiKeyScope = Exclude<Scope, 'account'>

/** An API key as it is stored: without its text. */
export interface ApiKey {
  id: string
  userId: string
  name: string
  /** The first characters of the key. */
  start: string
  scopes: ApiKeyScope[]
  createdAt: Date
  expiresAt: Date | undefined
  lastUsedAt: Date | undefined
}

/** The statements on `api_keys`. */
export interface ApiKeyStore {
  add(apiKey: ApiKey, keyHash: string, transaction: Transaction): Promise<void>
  count(userId: string, transaction: Transaction): Promise<number>
  findByHash(keyHash: string): Promise<ApiKey | undefined>
  /** Newest first. */
  list(userId: string): Promise<ApiKey[]>
  /** Gives whether there was such a key of this user. */
  remove(userId: string, id: string, transaction: Transaction): Promise<boolean>
  /** Removes all keys of a user; gives their number. */
  removeAll(userId: string, transaction: Transaction): Promise<number>
  /** Stores a use, unless another process has just done so: after `usedBefore`. */
  touch(id: string, usedAt: Date, usedBefore: Date): Promise<void>
}

interface Row extends Omit<ApiKey, 'scopes' | 'expiresAt' | 'lastUsedAt'> {
  scope: string
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const columns = `id, user_id AS userId, name, start, scope, created_at AS createdAt, expires_at AS expiresAt,
  last_used_at AS lastUsedAt`

export function createApiKeyStore({ select, change }: Database): ApiKeyStore {
  return {
    async add({ id, userId, name, start, scopes, createdAt, expiresAt }, keyHash, transaction) {
      await change(
        `INSERT INTO api_keys (id, user_id, key_hash, start, name, scope, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [id, userId, keyHash, start, name, scopes.join(' '), createdAt, expiresAt ?? null],
        transaction,
      )
    },
    async count(userId, transaction) {
      const sql = 'SELECT COUNT(*) AS keys_ FROM api_keys WHERE user_id = ?'
      const [count] = await select<{ keys_: number }>(sql, [userId], transaction)
      return Number(count?.keys_)
    },
    async findByHash(keyHash) {
      const [row] = await select<Row>(`SELECT ${columns} FROM api_keys WHERE key_hash = ?`, [keyHash])
      return row && toApiKey(row)
    },
    async list(userId) {
      const sql = `SELECT ${columns} FROM api_keys WHERE user_id = ? ORDER BY created_at DESC, id`
      return (await select<Row>(sql, [userId])).map(toApiKey)
    },
    async remove(userId, id, transaction) {
      const sql = 'DELETE FROM api_keys WHERE id = ? AND user_id = ?'
      return (await change(sql, [id, userId], transaction)) > 0
    },
    removeAll: (userId, transaction) =>
      change('DELETE FROM api_keys WHERE user_id = ?', [userId], transaction),
    async touch(id, usedAt, usedBefore) {
      await change(
        'UPDATE api_keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)',
        [usedAt, id, usedBefore],
      )
    },
  }
}

function toApiKey({ scope, expiresAt, lastUsedAt, ...row }: Row): ApiKey {
  return {
    ...row,
    scopes: parseScope(scope).filter(given => given !== 'account'),
    expiresAt: expiresAt ?? undefined,
    lastUsedAt: lastUsedAt ?? undefined,
  }
}
