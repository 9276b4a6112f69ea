import { type WebhookDisabledReason, type WebhookEvent, webhookEvents } from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { Database } from '../database/database.ts'

/** An endpoint of a user, without its secrets. */
export interface Webhook {
  id: string
  userId: string
  url: string
  events: WebhookEvent[]
  description: string
  createdAt: Date
  disabledAt: Date | undefined
  disabledReason: WebhookDisabledReason | undefined
  /** First failure since the last success. */
  failingSince: Date | undefined
  /** Until when the receiver wants nothing. */
  pausedUntil: Date | undefined
  /** Until when the secret before signs, too. */
  oldSecretExpiresAt: Date | undefined
}

/** What can be changed of an endpoint; `null` removes a value. */
export interface WebhookUpdate {
  url?: string
  events?: readonly WebhookEvent[]
  description?: string
  disabledAt?: Date | null
  disabledReason?: WebhookDisabledReason | null
  failingSince?: Date | null
  pausedUntil?: Date | null
}

/** The statements on `webhooks`. */
export interface WebhookStore {
  add(webhook: Webhook, secret: string, transaction: Transaction): Promise<void>
  count(userId: string, transaction: Transaction): Promise<number>
  /** Oldest first. */
  list(userId: string, transaction?: Transaction): Promise<Webhook[]>
  /** With a transaction, the row is locked until its end. */
  find(id: string, transaction?: Transaction): Promise<Webhook | undefined>
  update(id: string, changes: WebhookUpdate, transaction: Transaction): Promise<void>
  /** Makes the current secret the old one. */
  replaceSecret(id: string, secret: string, oldExpiresAt: Date, transaction: Transaction): Promise<void>
  remove(id: string, transaction: Transaction): Promise<void>
}

interface Row
  extends Omit<
    Webhook,
    'events' | 'disabledAt' | 'disabledReason' | 'failingSince' | 'pausedUntil' | 'oldSecretExpiresAt'
  > {
  events: string
  disabledAt: Date | null
  disabledReason: WebhookDisabledReason | null
  failingSince: Date | null
  pausedUntil: Date | null
  oldSecretExpiresAt: Date | null
}

const columns = `id, user_id AS userId, url, events, description, created_at AS createdAt, disabled_at AS disabledAt,
  disabled_reason AS disabledReason, failing_since AS failingSince,
  paused_until AS pausedUntil, old_secret_expires_at AS oldSecretExpiresAt`

const columnOf: Readonly<Record<keyof WebhookUpdate, string>> = {
  url: 'url',
  events: 'events',
  description: 'description',
  disabledAt: 'disabled_at',
  disabledReason: 'disabled_reason',
  failingSince: 'failing_since',
  pausedUntil: 'paused_until',
}

export function createWebhookStore({ select, change }: Database): WebhookStore {
  return {
    async add({ id, userId, url, events, description, createdAt }, secret, transaction) {
      await change(
        `INSERT INTO webhooks (id, user_id, url, events, description, secret, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [id, userId, url, events.join(' '), description, secret, createdAt],
        transaction,
      )
    },
    async count(userId, transaction) {
      const sql = 'SELECT COUNT(*) AS webhooks_ FROM webhooks WHERE user_id = ?'
      const [count] = await select<{ webhooks_: number }>(sql, [userId], transaction)
      return Number(count?.webhooks_)
    },
    async list(userId, transaction) {
      const sql = `SELECT ${columns} FROM webhooks WHERE user_id = ? ORDER BY created_at, id`
      return (await select<Row>(sql, [userId], transaction)).map(toWebhook)
    },
    async find(id, transaction) {
      const lock = transaction ? 'FOR UPDATE' : ''
      const sql = `SELECT ${columns} FROM webhooks WHERE id = ? ${lock}`
      const [row] = await select<Row>(sql, [id], transaction)
      return row && toWebhook(row)
    },
    async update(id, { events, ...others }, transaction) {
      const values = { ...others, ...(events && { events: events.join(' ') }) }
      const given = Object.entries(values).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name, value }],
      )
      if (given.length === 0) return
      const sets = given.map(({ name }) => `${columnOf[name as keyof WebhookUpdate]} = ?`).join(', ')
      await change(
        `UPDATE webhooks SET ${sets} WHERE id = ?`,
        [...given.map(({ value }) => value), id],
        transaction,
      )
    },
    async replaceSecret(id, secret, oldExpiresAt, transaction) {
      // Columns are set from left to right.
      await change(
        'UPDATE webhooks SET old_secret = secret, old_secret_expires_at = ?, secret = ? WHERE id = ?',
        [oldExpiresAt, secret, id],
        transaction,
      )
    },
    async remove(id, transaction) {
      await change('DELETE FROM webhooks WHERE id = ?', [id], transaction)
    },
  }
}

function toWebhook({ events, ...row }: Row): Webhook {
  const now = Date.now()
  const oldSecretExpiresAt = row.oldSecretExpiresAt ?? undefined
  const given = events.split(' ')
  return {
    ...row,
    events: webhookEvents.filter(event => given.includes(event)),
    disabledAt: row.disabledAt ?? undefined,
    disabledReason: row.disabledReason ?? undefined,
    failingSince: row.failingSince ?? undefined,
    pausedUntil: row.pausedUntil ?? undefined,
    oldSecretExpiresAt:
      oldSecretExpiresAt && oldSecretExpiresAt.getTime() > now ? oldSecretExpiresAt : undefined,
  }
}
