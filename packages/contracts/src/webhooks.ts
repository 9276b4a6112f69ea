import { z } from 'zod'
import { explanation } from './explanations/schema.ts'

/** What webhooks tell of: the ends of a user's jobs. */
export const webhookEvents = ['job.completed', 'job.failed', 'job.canceled'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** What is delivered: also the event that a user asks for to try an endpoint. */
export const webhookEventType = z.enum([...webhookEvents, 'webhook.test'])
export type WebhookEventType = z.infer<typeof webhookEventType>

/** Longest address of an endpoint, in characters. */
const maxUrlLength = 2_000
/** How long a replaced secret may go on signing, in hours. */
const maxOverlapHours = 7 * 24

const url = z
  .string('must be an address such as https://example.com/hook')
  .max(maxUrlLength, 'must have at most 2,000 characters')
  .refine(
    isHttpAddress,
    'must be an address such as https://example.com/hook, without user, password or fragment',
  )

const events = z
  .array(z.enum(webhookEvents, `must be of ${webhookEvents.join(', ')}`))
  .min(1, 'must name at least one event')
  .max(webhookEvents.length, 'names an event twice')

const description = z
  .string('must be a text')
  .trim()
  .max(200, 'must have at most 200 characters')
  .refine(text => text.isWellFormed(), 'has half a character')

/** Body of `POST /account/webhooks`. */
export const newWebhook = z.object({
  url: url.describe('Where events are sent, by HTTPS.'),
  events: events.optional().describe('All events if it is left out.'),
  description: description.optional().describe('For the user to tell his endpoints apart.'),
})
export type NewWebhook = z.infer<typeof newWebhook>

/** Body of `PATCH /account/webhooks/{id}`: what is left out stays. */
export const webhookChanges = z.object({
  url: url.optional(),
  events: events.optional(),
  description: description.optional(),
  enabled: z
    .boolean('must be true or false')
    .optional()
    .describe('`false`: nothing is sent. `true` also enables what was disabled after lasting failure.'),
})
export type WebhookChanges = z.infer<typeof webhookChanges>

/** Body of `POST /account/webhooks/{id}/secret`. */
export const secretRotation = z
  .object({
    overlapHours: z
      .int('must be a number of hours')
      .min(0, 'must be 0 at least')
      .max(maxOverlapHours, `must be ${maxOverlapHours} at most`)
      .default(24)
      .describe('How long the secret before signs, too: 0 to 168 hours.'),
  })
  .optional()

/** Why an endpoint gets nothing: its owner wants it, it failed for days, or it answered `410 Gone`. */
export const webhookDisabledReason = z.enum(['owner', 'failing', 'gone'])
export type WebhookDisabledReason = z.infer<typeof webhookDisabledReason>

/** An endpoint of a user. */
export const webhookView = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.enum(webhookEvents)),
    description: z.string().optional(),
    enabled: z.boolean(),
    disabledAt: z.iso.datetime().optional(),
    disabledReason: webhookDisabledReason.optional(),
    failingSince: z.iso
      .datetime()
      .optional()
      .describe('First failure since the last success. Absent while deliveries succeed.'),
    pausedUntil: z.iso
      .datetime()
      .optional()
      .describe('Until then nothing is sent: the receiver asked for it by `Retry-After`, with a 429 or 503.'),
    createdAt: z.iso.datetime(),
    oldSecretExpiresAt: z.iso.datetime().optional().describe('Until then the secret before signs, too.'),
  })
  .meta({ id: 'Webhook' })
export type WebhookView = z.infer<typeof webhookView>

/** Answer of `GET /account/webhooks`, oldest first. */
export const webhookList = z.object({ webhooks: z.array(webhookView) })
export type WebhookList = z.infer<typeof webhookList>

const secret = z
  .string()
  .describe('Key of the signatures (Standard Webhooks), `whsec_...`. It is shown this once.')

/** Answer of `POST /account/webhooks`. */
export const createdWebhook = webhookView.extend({ secret }).meta({ id: 'CreatedWebhook' })
export type CreatedWebhook = z.infer<typeof createdWebhook>

/** `pending`: to be tried, or tried again. `failed`: no attempt is left, or the endpoint was disabled. */
export const deliveryState = z.enum(['pending', 'delivered', 'failed'])
export type DeliveryState = z.infer<typeof deliveryState>

/** An event on its way to one endpoint. */
export const deliveryView = z
  .object({
    id: z.string(),
    eventId: z.string().describe('`webhook-id` of its requests: the same at every attempt and every replay.'),
    type: webhookEventType,
    state: deliveryState,
    attempts: z.int().describe('How often it was sent.'),
    createdAt: z.iso.datetime(),
    lastAttemptAt: z.iso.datetime().optional(),
    lastStatus: z.int().optional().describe('Status of the last answer. Absent if there was none.'),
    lastError: z.string().optional().describe('Why the last attempt failed.'),
    explanation: explanation.optional().describe('`lastError` as data, if it is known.'),
  })
  .meta({ id: 'WebhookDelivery' })
export type DeliveryView = z.infer<typeof deliveryView>

/** One attempt to deliver. */
export const deliveryAttempt = z.object({
  at: z.iso.datetime(),
  durationMs: z.int(),
  status: z.int().optional().describe('Status of the answer. Absent if there was none.'),
  error: z.string().optional().describe('Why it failed. Absent if it succeeded.'),
  explanation: explanation.optional().describe('`error` as data, if it is known.'),
  response: z.string().optional().describe('Beginning of the answer, 1,000 characters at most.'),
})
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>

/** Answer of `GET /account/webhooks/{id}/deliveries`, newest first. */
export const deliveryList = z.object({
  deliveries: z.array(deliveryView),
  next: z.string().optional().describe('Path and query of the next page, if there is one.'),
})
export type DeliveryList = z.infer<typeof deliveryList>

/** Answer of `GET /account/webhooks/{id}/deliveries/{deliveryId}`. */
export const deliveryDetails = deliveryView
  .extend({
    payload: z.record(z.string(), z.unknown()).describe('The body, as it is sent.'),
    history: z.array(deliveryAttempt).describe('The last 100 attempts, oldest first.'),
  })
  .meta({ id: 'WebhookDeliveryDetails' })
export type DeliveryDetails = z.infer<typeof deliveryDetails>

function isHttpAddress(text: string): boolean {
  const address = URL.parse(text)
  if (!address || !['https:', 'http:'].includes(address.protocol)) return false
  return address.username === '' && address.password === '' && address.hash === ''
}
