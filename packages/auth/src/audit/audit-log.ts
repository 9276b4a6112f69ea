import type { AuditAction } from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { Database, SqlValue } from '../database/database.ts'

/** Where a request came from. */
export interface Client {
  /** Network address. */
  address: string
  /** `User-Agent` of the request, cut to 200 characters. */
  userAgent?: string
}

/** What is recorded of a change of an account. */
export interface NewAuditEntry {
  /** The account that it was done to. */
  userId: string
  /** Who did it. @default nobody who has logged in, such as the holder of a link */
  actorId?: string
  action: AuditAction
  /** @default a program of the operator's */
  client?: Client
  /** Facts for its readers, such as the name of an API key. Never a secret. */
  detail?: Readonly<Record<string, string | number | boolean>>
}

export interface AuditEntry {
  id: number
  at: Date
  userId: string
  actorId: string | undefined
  action: AuditAction
  clientAddress: string | undefined
  userAgent: string | undefined
  detail: Record<string, string | number | boolean> | undefined
}

/** Which entries to list; all that is given must match. */
export interface AuditFilter {
  userId?: string
  actorId?: string
  action?: AuditAction
  clientAddress?: string
  /** At or after. */
  from?: Date
  /** Before. */
  to?: Date
  /** Only entries with a lower id: the last id of the page before. */
  before?: number
  /** Integer >= 1. */
  limit: number
}

export interface AuditLog {
  /** Records an entry in the transaction of the change: either both are stored, or none. */
  record(entry: NewAuditEntry, transaction: Transaction): Promise<void>
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditEntry[]>
  /** Takes addresses, programs and details out of an account's entries; what was done and when stays. */
  pseudonymize(userId: string, transaction: Transaction): Promise<void>
  /** Removes entries from before a time, at most `limit`; gives their number. */
  removeBefore(time: Date, limit: number): Promise<number>
}

/** Longest text of details, in characters. */
const maxDetail = 1_000

interface Row {
  id: number
  at: Date
  user_id: string
  actor_id: string | null
  action: string
  client_address: string | null
  user_agent: string | null
  detail: string | null
}

export function createAuditLog(database: Database): AuditLog {
  return {
    async record({ userId, actorId = null, action, client, detail }, transaction) {
      const text = detail ? JSON.stringify(detail) : null
      if (text && text.length > maxDetail) throw new RangeError(`The detail of "${action}" is too long`)
      await database.change(
        `INSERT INTO audit_log (at, user_id, actor_id, action, client_address, user_agent, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [new Date(), userId, actorId, action, client?.address ?? null, client?.userAgent ?? null, text],
        transaction,
      )
    },
    async list({ limit, ...filter }) {
      const { sql, values } = conditions(filter)
      const rows = await database.select<Row>(`SELECT * FROM audit_log ${sql} ORDER BY id DESC LIMIT ?`, [
        ...values,
        limit,
      ])
      return rows.map(toEntry)
    },
    async pseudonymize(userId, transaction) {
      await database.change(
        'UPDATE audit_log SET client_address = NULL, user_agent = NULL, detail = NULL WHERE user_id = ?',
        [userId],
        transaction,
      )
    },
    removeBefore: (time, limit) =>
      database.change('DELETE FROM audit_log WHERE at < ? ORDER BY at LIMIT ?', [time, limit]),
  }
}

const columns: Readonly<Record<keyof Omit<AuditFilter, 'limit'>, string>> = {
  userId: 'user_id = ?',
  actorId: 'actor_id = ?',
  action: 'action = ?',
  clientAddress: 'client_address = ?',
  from: 'at >= ?',
  to: 'at < ?',
  before: 'id < ?',
}

function conditions(filter: Omit<AuditFilter, 'limit'>): { sql: string; values: SqlValue[] } {
  const given = Object.entries(columns).flatMap(([name, condition]) => {
    const value = filter[name as keyof typeof filter]
    return value === undefined ? [] : [{ condition, value }]
  })
  const sql = given.map(({ condition }) => condition).join(' AND ')
  return { sql: sql && `WHERE ${sql}`, values: given.map(({ value }) => value) }
}

function toEntry(row: Row): AuditEntry {
  return {
    id: Number(row.id),
    at: row.at,
    userId: row.user_id,
    actorId: row.actor_id ?? undefined,
    action: row.action as AuditAction,
    clientAddress: row.client_address ?? undefined,
    userAgent: row.user_agent ?? undefined,
    detail: row.detail === null ? undefined : JSON.parse(row.detail),
  }
}
