import type { DeliveryState, Explained, Explanation, WebhookEventType } from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { Database, SqlValue } from '../database/database.ts'
import { fromColumn, toColumn } from './stored-explanation.ts'

/** An event on its way to one endpoint. */
export interface Delivery {
  id: string
  webhookId: string
  /** The user. */
  ownerId: string
  eventId: string
  type: WebhookEventType
  state: DeliveryState
  /** How often it was started: 1 at first, one more with each replay. */
  round: number
  /** How often it was sent, in all rounds. */
  attempts: number
  createdAt: Date
  lastAttemptAt: Date | undefined
  lastStatus: number | undefined
  lastError: string | undefined
  /** `lastError` as data. */
  explanation: Explanation | undefined
  /** The body that is sent, as JSON. */
  body: string
}

/** Which deliveries of an endpoint to list. */
export interface DeliveryFilter {
  /** Integer >= 1. */
  limit: number
  /** Only deliveries that come after this one in the list. */
  before?: { createdAt: Date; id: string }
  state?: DeliveryState
  type?: WebhookEventType
}

interface Row extends Omit<Delivery, 'lastAttemptAt' | 'lastStatus' | 'lastError' | 'explanation'> {
  lastAttemptAt: Date | null
  lastStatus: number | null
  lastError: string | null
  explanation: string | null
}

const columns = `d.id, d.webhook_id AS webhookId, d.event_id AS eventId, e.user_id AS ownerId, e.type, d.state, d.round, d.attempts,
  d.created_at AS createdAt, d.last_attempt_at AS lastAttemptAt, d.last_status AS lastStatus,
  d.last_error AS lastError, d.explanation, e.body`
const tables = 'webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id'

/** What is read and written of `webhook_deliveries` and `webhook_events` in several places. */
export interface DeliveryStore {
  /** With a transaction, the row is locked until its end. */
  find(id: string, transaction?: Transaction): Promise<Delivery | undefined>
  /** Newest first. */
  list(webhookId: string, filter: DeliveryFilter): Promise<Delivery[]>
  /** Those of all endpoints of a user, newest first. */
  listOfUser(userId: string, limit: number): Promise<Delivery[]>
  /** Starts another round. */
  startRound(id: string, round: number, overdueAt: Date, transaction: Transaction): Promise<void>
  /** Lets nobody take for lost what is on its way to an endpoint and has to wait until then. */
  expectLater(webhookId: string, overdueAt: Date, transaction: Transaction): Promise<void>
  /** Gives up what is on its way to an endpoint. */
  failPending(webhookId: string, reason: Explained, transaction: Transaction): Promise<void>
}

export function createDeliveryStore({ select, change }: Database): DeliveryStore {
  return {
    async find(id, transaction) {
      const lock = transaction ? 'FOR UPDATE' : ''
      const sql = `SELECT ${columns} FROM ${tables} WHERE d.id = ? ${lock}`
      const [row] = await select<Row>(sql, [id], transaction)
      return row && toDelivery(row)
    },
    async list(webhookId, { limit, before, state, type }) {
      const conditions = ['d.webhook_id = ?']
      const values: SqlValue[] = [webhookId]
      const where = (condition: string, ...given: SqlValue[]) => {
        conditions.push(condition)
        values.push(...given)
      }
      if (state) where('d.state = ?', state)
      if (type) where('e.type = ?', type)
      if (before)
        where(
          '(d.created_at < ? OR (d.created_at = ? AND d.id < ?))',
          before.createdAt,
          before.createdAt,
          before.id,
        )
      const sql = `SELECT ${columns} FROM ${tables} WHERE ${conditions.join(' AND ')}
        ORDER BY d.created_at DESC, d.id DESC LIMIT ?`
      return (await select<Row>(sql, [...values, limit])).map(toDelivery)
    },
    async listOfUser(userId, limit) {
      const sql = `SELECT ${columns} FROM ${tables} WHERE e.user_id = ? ORDER BY d.created_at DESC, d.id DESC LIMIT ?`
      return (await select<Row>(sql, [userId, limit])).map(toDelivery)
    },
    async startRound(id, round, overdueAt, transaction) {
      await change(
        `UPDATE webhook_deliveries SET state = 'pending', round = ?, overdue_at = ? WHERE id = ?`,
        [round, overdueAt, id],
        transaction,
      )
    },
    async expectLater(webhookId, overdueAt, transaction) {
      await change(
        `UPDATE webhook_deliveries SET overdue_at = GREATEST(overdue_at, ?) WHERE webhook_id = ? AND state = 'pending'`,
        [overdueAt, webhookId],
        transaction,
      )
    },
    async failPending(webhookId, { text, explanation }, transaction) {
      await change(
        `UPDATE webhook_deliveries SET state = 'failed', last_error = ?, explanation = ?
         WHERE webhook_id = ? AND state = 'pending'`,
        [text, toColumn(explanation), webhookId],
        transaction,
      )
    },
  }
}

function toDelivery(row: Row): Delivery {
  return {
    ...row,
    round: Number(row.round),
    attempts: Number(row.attempts),
    lastAttemptAt: row.lastAttemptAt ?? undefined,
    lastStatus: row.lastStatus ?? undefined,
    lastError: row.lastError ?? undefined,
    explanation: fromColumn(row.explanation),
  }
}
