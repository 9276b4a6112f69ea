import { randomUUID } from 'node:crypto'
import {
  jobIdOfDelivery,
  type WebhookEventType,
  type WebhookNews,
  webhookDelivery,
} from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { Database, SqlValue } from '../database/database.ts'
import type { AuthOutbox } from '../outbox/auth-outbox.ts'
import type { Delivery, DeliveryFilter, DeliveryStore } from './delivery-store.ts'
import type { Webhook, WebhookStore } from './webhook-store.ts'

/** When a delivery that nobody has reported of counts as lost, in milliseconds, after its next attempt was due. */
const overdueAfterMs = 30 * 60_000
/** How long it has, then, in milliseconds: a second job of a long backlog helps nobody. */
const requeuedOverdueMs = 3 * 3_600_000

export interface DeliveriesDeps {
  database: Database
  outbox: AuthOutbox
  webhooks: WebhookStore
  store: DeliveryStore
}

/** What the users' endpoints are told. A delivery and its job are stored in one transaction. */
export interface Deliveries {
  /** Has the endpoints of a user told of an event. An event that is known already changes nothing.
   *  @returns how many endpoints are told of it */
  record(news: WebhookNews): Promise<number>
  /** Sends an endpoint a test event. It is tried once. */
  test(webhook: Webhook): Promise<Delivery | 'disabled' | undefined>
  /** Newest first. */
  list(webhookId: string, filter: DeliveryFilter): Promise<Delivery[]>
  listOfUser(userId: string, limit: number): Promise<Delivery[]>
  find(webhookId: string, id: string): Promise<Delivery | undefined>
  /** Sends a delivery again, under the same id of its event. */
  replay(webhookId: string, id: string): Promise<Delivery | 'disabled' | 'pending' | undefined>
  /** Starts at most `limit` deliveries again whose jobs must have got lost; gives their number. */
  requeueLost(limit: number): Promise<number>
  /** Removes at most `limit` events from before a time, with their deliveries; gives their number. */
  removeBefore(time: Date, limit: number): Promise<number>
}

export function createDeliveries({ database, outbox, webhooks, store }: DeliveriesDeps): Deliveries {
  const { select, change } = database

  /** Stores an event; gives whether it was new. */
  async function addEvent(news: WebhookNews, transaction: Transaction): Promise<boolean> {
    const { id, userId, type, occurredAt, data } = news
    const body = JSON.stringify({ type, timestamp: occurredAt, data })
    // A user who has just been deleted makes it add nothing, too.
    const added = await change(
      `INSERT IGNORE INTO webhook_events (id, user_id, type, body, created_at)
       SELECT ?, id, ?, ?, ? FROM users WHERE id = ? AND locked_at IS NULL`,
      [id, type, body, new Date(), userId],
      transaction,
    )
    return added > 0
  }

  async function addDeliveries(
    { id: eventId, userId: ownerId }: Pick<WebhookNews, 'id' | 'userId'>,
    webhooks: readonly Pick<Webhook, 'id' | 'pausedUntil'>[],
    options: { attempts?: number },
    transaction: Transaction,
  ): Promise<string[]> {
    const now = new Date()
    const overdueAt = ({ pausedUntil = now }: Pick<Webhook, 'pausedUntil'>) =>
      new Date(Math.max(now.getTime(), pausedUntil.getTime()) + overdueAfterMs)
    const ids = webhooks.map(() => randomUUID())
    const values = webhooks.flatMap((webhook, index): SqlValue[] => [
      ids[index] ?? '',
      ...[webhook.id, eventId, now, overdueAt(webhook)],
    ])
    await change(
      `INSERT INTO webhook_deliveries (id, webhook_id, event_id, created_at, overdue_at, state, round, attempts)
       VALUES ${ids.map(() => "(?, ?, ?, ?, ?, 'pending', 1, 0)").join(', ')}`,
      values,
      transaction,
    )
    for (const deliveryId of ids) await addJob({ deliveryId, round: 1, ownerId }, transaction, options)
    return ids
  }

  const addJob = (
    data: { deliveryId: string; round: number; ownerId: string },
    transaction: Transaction,
    options = {},
  ) => outbox.add(webhookDelivery, data, { ...options, jobId: jobIdOfDelivery(data), transaction })

  const startAgain = async (
    { id, round, ownerId }: Pick<Delivery, 'id' | 'round' | 'ownerId'>,
    overdueMs: number,
    transaction: Transaction,
  ) => {
    const next = Number(round) + 1
    await store.startRound(id, next, new Date(Date.now() + overdueMs), transaction)
    await addJob({ deliveryId: id, round: next, ownerId }, transaction)
  }

  return {
    record: news =>
      database.transaction(async transaction => {
        const all = await webhooks.list(news.userId, transaction)
        const wanted = all.filter(({ disabledAt, events }) => !disabledAt && wants(events, news.type))
        if (wanted.length === 0 || !(await addEvent(news, transaction))) return 0
        return (await addDeliveries(news, wanted, {}, transaction)).length
      }),
    test: ({ id: webhookId, userId }) =>
      database.transaction(async transaction => {
        const webhook = await webhooks.find(webhookId, transaction)
        if (!webhook) return undefined
        if (webhook.disabledAt) return 'disabled'
        const occurredAt = new Date().toISOString()
        const news = {
          id: `msg_${randomUUID()}`,
          userId,
          type: 'webhook.test',
          occurredAt,
          data: { webhookId },
        } as const
        if (!(await addEvent(news, transaction))) return undefined
        const [id = ''] = await addDeliveries(news, [webhook], { attempts: 1 }, transaction)
        return store.find(id, transaction)
      }),
    list: store.list,
    listOfUser: store.listOfUser,
    async find(webhookId, id) {
      const delivery = await store.find(id)
      return delivery?.webhookId === webhookId ? delivery : undefined
    },
    replay: (webhookId, id) =>
      database.transaction(async transaction => {
        const webhook = await webhooks.find(webhookId, transaction)
        const delivery = await store.find(id, transaction)
        if (!webhook || delivery?.webhookId !== webhookId) return undefined
        if (webhook.disabledAt) return 'disabled'
        if (delivery.state === 'pending') return 'pending'
        await startAgain(delivery, overdueAfterMs, transaction)
        return store.find(id, transaction)
      }),
    requeueLost: limit =>
      database.transaction(async transaction => {
        const lost = await select<Pick<Delivery, 'id' | 'round' | 'ownerId'>>(
          `SELECT d.id, d.round, e.user_id AS ownerId
           FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
           WHERE d.state = 'pending' AND d.overdue_at < ?
           ORDER BY d.overdue_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [new Date(), limit],
          transaction,
        )
        for (const delivery of lost) await startAgain(delivery, requeuedOverdueMs, transaction)
        return lost.length
      }),
    removeBefore: (time, limit) =>
      change('DELETE FROM webhook_events WHERE created_at < ? ORDER BY created_at LIMIT ?', [time, limit]),
  }
}

function wants(events: Webhook['events'], type: WebhookEventType): boolean {
  return events.some(event => event === type)
}
