import {
  type AttemptReport,
  type DeliveryAttempt,
  type DeliveryState,
  explained,
  type WebhookDisabledReason,
  type WebhookParcel,
  webhookDelivery,
} from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import type { AccountMails } from '../account-mails/account-mails.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import type { UserStore } from '../users/user-store.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { fromColumn, toColumn } from './stored-explanation.ts'
import type { Webhook, WebhookStore } from './webhook-store.ts'
import { hostOf } from './webhooks.ts'

/** Attempts of a delivery that are shown. */
const shownAttempts = 100
/** Longest wait between attempts, and how long after it a job counts as lost, in milliseconds. */
const overdueAfterMs = (webhookDelivery.backoff?.maxDelayMs ?? 0) + 30 * 60_000
/** Longest time for which a receiver is left alone, in milliseconds, whatever it asks for: the longest wait between attempts. */
const maxPauseMs = webhookDelivery.backoff?.maxDelayMs ?? 0
const webhookDisabled = explained('webhook-disabled', {})
const accountLocked = explained('account-locked', {})
/** Status of a receiver that wants nothing more (Standard Webhooks, "Disable endpoint"). */
const gone = 410

export interface AttemptsDeps {
  database: Database
  users: UserStore
  audit: Pick<AuditLog, 'record'>
  mails: Pick<AccountMails, 'send'>
  webhooks: WebhookStore
  deliveries: DeliveryStore
  /** How long an endpoint fails before it is disabled, in milliseconds. */
  disableAfterMs: number
}

/** What the notifier asks and reports about deliveries. */
export interface Attempts {
  /** What a round of a delivery sends, and where; `obsolete` if it need not be sent any more. */
  parcel(id: string, round: number): Promise<WebhookParcel | 'obsolete' | undefined>
  /** Stores what came of an attempt. An endpoint that has failed for long, or is gone, is disabled, and its owner gets a mail. */
  report(id: string, report: AttemptReport): Promise<DeliveryState | undefined>
  /** The last attempts of a delivery, oldest first. */
  list(deliveryId: string): Promise<DeliveryAttempt[]>
}

interface AttemptRow {
  at: Date
  durationMs: number
  status: number | null
  error: string | null
  response: string | null
  explanation: string | null
}

interface ParcelRow extends Omit<WebhookParcel, 'notBefore'> {
  isCurrent: number
  secret: string
  oldSecret: string | null
  notBefore: Date | null
}

export function createAttempts(deps: AttemptsDeps): Attempts {
  const { database, users, audit, mails, webhooks, deliveries, disableAfterMs } = deps
  const { select, change } = database

  async function disable(webhook: Webhook, reason: WebhookDisabledReason, transaction: Transaction) {
    const { id, userId, url } = webhook
    await webhooks.update(id, { disabledAt: new Date(), disabledReason: reason }, transaction)
    await deliveries.failPending(id, webhookDisabled, transaction)
    const detail = { webhookId: id, host: hostOf(url), reason }
    await audit.record({ userId, action: 'webhook-disabled', detail }, transaction)
    const owner = await users.findById(userId, transaction)
    if (owner?.emailVerified && !owner.lockedAt)
      await mails.send({ kind: 'webhook-disabled', userId, to: owner.email, webhookUrl: url }, transaction)
  }

  /** A delivery that was recorded while its endpoint was being disabled, or its owner locked, gets its end here. */
  async function failUnwanted(id: string, round: number) {
    await change(
      `UPDATE webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id JOIN users u ON u.id = w.user_id
       SET d.state = 'failed', d.last_error = IF(u.locked_at IS NULL, ?, ?), d.explanation = IF(u.locked_at IS NULL, ?, ?)
       WHERE d.id = ? AND d.round = ? AND d.state = 'pending' AND (w.disabled_at IS NOT NULL OR u.locked_at IS NOT NULL)`,
      [
        ...[webhookDisabled.text, accountLocked.text],
        ...[toColumn(webhookDisabled.explanation), toColumn(accountLocked.explanation), id, round],
      ],
    )
  }

  return {
    async parcel(id, round) {
      const now = new Date()
      const [row] = await select<ParcelRow>(
        `SELECT d.id, d.event_id AS eventId, w.url, e.body, w.secret,
           IF(w.old_secret_expires_at > ?, w.old_secret, NULL) AS oldSecret,
           IF(w.paused_until > ? AND e.type <> 'webhook.test', w.paused_until, NULL) AS notBefore,
           (d.state = 'pending' AND d.round = ? AND w.disabled_at IS NULL AND u.locked_at IS NULL) AS isCurrent
         FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id JOIN webhook_events e ON e.id = d.event_id
           JOIN users u ON u.id = w.user_id WHERE d.id = ?`,
        [now, now, round, id],
      )
      if (!row) return undefined
      if (!Number(row.isCurrent)) {
        await failUnwanted(id, round)
        return 'obsolete'
      }
      const { eventId, url, body, secret, oldSecret, notBefore } = row
      const secrets = oldSecret === null ? [secret] : [secret, oldSecret]
      return { id, eventId, url, body, secrets, ...(notBefore && { notBefore: notBefore.toISOString() }) }
    },
    report: (id, attempt) =>
      database.transaction(async transaction => {
        const known = await deliveries.find(id)
        // First the endpoint's row, then the delivery's, as everywhere: two at once make no deadlock.
        const webhook = known && (await webhooks.find(known.webhookId, transaction))
        const delivery = webhook && (await deliveries.find(id, transaction))
        if (!delivery) return undefined
        if (!(await addAttempt(id, attempt, transaction))) return delivery.state
        const isCurrent = delivery.round === attempt.round && delivery.state === 'pending'
        const state = isCurrent ? stateAfter(attempt) : delivery.state
        await change(
          `UPDATE webhook_deliveries SET state = ?, attempts = attempts + 1, last_attempt_at = ?, last_status = ?,
             last_error = ?, explanation = ?, overdue_at = ? WHERE id = ?`,
          [
            ...[state, new Date(attempt.at), attempt.status ?? null],
            ...[attempt.error ?? null, toColumn(attempt.explanation)],
            ...[new Date(Date.now() + overdueAfterMs), id],
          ],
          transaction,
        )
        const { failingSince } = webhook
        if (attempt.error === undefined) {
          if (failingSince || webhook.pausedUntil)
            await webhooks.update(webhook.id, { failingSince: null, pausedUntil: null }, transaction)
        } else if (!webhook.disabledAt) {
          if (attempt.retryAfterMs) await pause(webhook.id, attempt.retryAfterMs, transaction)
          const since = failingSince ?? new Date(attempt.at)
          if (!failingSince) await webhooks.update(webhook.id, { failingSince: since }, transaction)
          const isLasting = Boolean(failingSince) && Date.now() - since.getTime() >= disableAfterMs
          if (attempt.status === gone) await disable(webhook, 'gone', transaction)
          else if (isLasting) await disable(webhook, 'failing', transaction)
        }
        return (await deliveries.find(id, transaction))?.state
      }),
    async list(deliveryId) {
      const rows = await select<AttemptRow>(
        `SELECT at, duration_ms AS durationMs, status, error, response, explanation FROM webhook_attempts
         WHERE delivery_id = ? ORDER BY at DESC LIMIT ?`,
        [deliveryId, shownAttempts],
      )
      return rows.toReversed().map(({ at, durationMs, status, error, response, explanation }) => ({
        ...{ at: at.toISOString(), durationMs, status: status ?? undefined },
        ...{ error: error ?? undefined, response: response ?? undefined },
        explanation: fromColumn(explanation),
      }))
    },
  }

  /** A receiver that has too much to do gets nothing for a while: neither this event nor others. */
  async function pause(webhookId: string, retryAfterMs: number, transaction: Transaction) {
    const pausedUntil = new Date(Date.now() + Math.min(retryAfterMs, maxPauseMs))
    await webhooks.update(webhookId, { pausedUntil }, transaction)
    await deliveries.expectLater(webhookId, new Date(pausedUntil.getTime() + overdueAfterMs), transaction)
  }

  /** Gives whether it was not stored before. */
  async function addAttempt(id: string, attempt: AttemptReport, transaction: Transaction): Promise<boolean> {
    const { at, durationMs, status, error, response, explanation } = attempt
    const added = await change(
      `INSERT IGNORE INTO webhook_attempts (delivery_id, at, duration_ms, status, error, response, explanation)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[id, new Date(at), durationMs, status ?? null],
        ...[error ?? null, response ?? null, toColumn(explanation)],
      ],
      transaction,
    )
    return added > 0
  }
}

function stateAfter({ error, isLast }: AttemptReport): DeliveryState {
  if (error === undefined) return 'delivered'
  return isLast ? 'failed' : 'pending'
}
