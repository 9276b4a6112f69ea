import type { DeliveryView, WebhookView } from '@jackalope/contracts'
import type { Delivery } from './delivery-store.ts'
import type { Webhook } from './webhook-store.ts'

/** An endpoint as its owner sees it. */
export function toWebhookView(webhook: Webhook): WebhookView {
  const { id, url, events, description, createdAt, disabledAt, disabledReason, pausedUntil } = webhook
  const isPaused = pausedUntil !== undefined && pausedUntil.getTime() > Date.now()
  return {
    ...{ id, url, events, description: description || undefined, enabled: disabledAt === undefined },
    ...{ disabledAt: disabledAt?.toISOString(), disabledReason },
    failingSince: webhook.failingSince?.toISOString(),
    pausedUntil: isPaused ? pausedUntil.toISOString() : undefined,
    createdAt: createdAt.toISOString(),
    oldSecretExpiresAt: webhook.oldSecretExpiresAt?.toISOString(),
  }
}

export function toDeliveryView(delivery: Delivery): DeliveryView {
  const { id, eventId, type, state, attempts, createdAt, lastAttemptAt } = delivery
  const { lastStatus, lastError, explanation } = delivery
  return {
    ...{ id, eventId, type, state, attempts },
    createdAt: createdAt.toISOString(),
    lastAttemptAt: lastAttemptAt?.toISOString(),
    ...{ lastStatus, lastError, explanation },
  }
}

/** The body of its requests. */
export function payloadOf({ body }: Pick<Delivery, 'body'>): Record<string, unknown> {
  return JSON.parse(body)
}
