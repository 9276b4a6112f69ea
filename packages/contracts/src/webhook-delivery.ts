import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { explanation } from './explanations/schema.ts'
import { deliveryState, webhookEventType } from './webhooks.ts'

/** Body of auth's `POST /internal/webhook-deliveries/:id/attempts`. */
export const attemptReport = z.object({
  round: z.int(),
  /** When it began. The same attempt may be reported twice. */
  at: z.iso.datetime(),
  durationMs: z.int().min(0),
  status: z.int().optional(),
  /** Absent if it was delivered. */
  error: z.string().max(500).optional(),
  /** `error` as data. */
  explanation: explanation.optional(),
  response: z.string().max(1_000).optional(),
  /** How long the receiver wants to be left alone, in milliseconds. */
  retryAfterMs: z.number().min(0).optional(),
  /** Whether no other attempt follows, if this one has failed. */
  isLast: z.boolean(),
})
export type AttemptReport = z.infer<typeof attemptReport>

export const webhookDeliveryInput = z.object({
  /** For `GET /internal/webhook-deliveries/:id`. */
  deliveryId: z.string(),
  /** How often the delivery was started: 1 at first, one more with each replay. */
  round: z.int(),
  /** Whose endpoint it is: one user's slow endpoints must not hold up those of others. */
  ownerId: z.string(),
  /** Set by the worker when it has delivered, and auth could not be told. */
  unreported: attemptReport.optional(),
})

/** Whether the event was delivered by this job, and if not, why it need not be. */
export type WebhookDeliveryResult = { delivered: true; status: number } | { delivered: false; reason: string }

/** Sends one event to one endpoint. The job holds neither address nor secret: the notifier asks auth for them. */
export const webhookDelivery = defineJob<
  z.input<typeof webhookDeliveryInput>,
  z.output<typeof webhookDeliveryInput>,
  WebhookDeliveryResult
>({
  name: 'webhook.deliver',
  input: webhookDeliveryInput,
  // The attempts spread over 10 to 20 hours: a receiver may be down for a night.
  attempts: 18,
  backoff: { type: 'exponential', delayMs: 2_000, maxDelayMs: 4 * 3_600_000, jitter: 0.5 },
  timeoutMs: 60_000,
})

/** Id of the job of a delivery: added twice, it runs once. */
export function jobIdOfDelivery({
  deliveryId,
  round,
}: Pick<z.input<typeof webhookDeliveryInput>, 'deliveryId' | 'round'>): string {
  return `${deliveryId}-${round}`
}

/** Body of auth's `POST /internal/webhook-events`: something that the user's endpoints are to be told. */
export const webhookNews = z.object({
  /** Made of what it tells of, so that it is recorded once however often it is told. */
  id: z.string().max(100),
  userId: z.string(),
  type: webhookEventType,
  occurredAt: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
})
export type WebhookNews = z.infer<typeof webhookNews>

/** Answer of auth's `GET /internal/webhook-deliveries/:id`: what is to be sent, and where. */
export const webhookParcel = z.object({
  id: z.string(),
  eventId: z.string(),
  /** The receiver wants nothing before. */
  notBefore: z.iso.datetime().optional(),
  url: z.string(),
  /** Keys of the signatures, the current one first. Never log or store them. */
  secrets: z.array(z.string()).min(1),
  /** The body, byte for byte the same at every attempt. */
  body: z.string(),
})
export type WebhookParcel = z.infer<typeof webhookParcel>

/** `code` of the 404 of `GET /internal/webhook-deliveries/:id`: it was removed, with its endpoint or for its age. */
export const deliveryUnknown = 'webhook-delivery-unknown'

/** `code` of the 410: it was delivered, its endpoint was disabled, or a replay has taken the place of this round. */
export const deliveryObsolete = 'webhook-delivery-obsolete'

/** Answer to an `attemptReport`. */
export const attemptVerdict = z.object({ state: deliveryState })
