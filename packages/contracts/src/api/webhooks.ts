import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import {
  attemptReport,
  attemptVerdict,
  deliveryObsolete as obsoleteCode,
  deliveryUnknown as unknownCode,
  webhookNews,
  webhookParcel,
} from '../webhook-delivery.ts'
import {
  createdWebhook,
  deliveryDetails,
  deliveryList,
  deliveryState,
  deliveryView,
  newWebhook,
  secretRotation,
  webhookChanges,
  webhookEventType,
  webhookList,
  webhookView,
} from '../webhooks.ts'
import { pageLimit } from './page-query.ts'

export const webhookUnknown = defineProblem({
  code: 'webhook-unknown',
  status: 404,
  meaning: 'You have no such webhook.',
})
export const deliveryUnknown = defineProblem({
  code: unknownCode,
  status: 404,
  meaning: 'There is no such delivery. Deliveries are removed after 30 days.',
})
export const deliveryObsolete = defineProblem({
  code: obsoleteCode,
  status: 410,
  meaning: 'The delivery need not be sent any more.',
})
export const deliveryPending = defineProblem({
  code: 'webhook-delivery-pending',
  status: 409,
  meaning: 'The delivery is on its way, so it cannot be replayed yet.',
})
export const webhookDisabled = defineProblem({
  code: 'webhook-disabled',
  status: 409,
  meaning: 'The webhook is disabled. Enable it first: "PATCH" with {"enabled": true}.',
})
export const tooManyWebhooks = defineProblem({
  code: 'too-many-webhooks',
  status: 409,
  meaning: 'You have as many webhooks as a user can have. Delete one that you do not use.',
})

const own = { tag: 'Webhooks', access: { scope: 'account' } } as const
const params = z.object({ id: z.uuid() })
const deliveryParams = params.extend({ deliveryId: z.uuid() })

export const listWebhooks = defineEndpoint({
  ...own,
  id: 'listWebhooks',
  method: 'GET',
  path: '/account/webhooks',
  summary: "The user's webhooks, oldest first",
  answers: { 200: { description: 'The webhooks, without their secrets', body: webhookList } },
})

export const createWebhook = defineEndpoint({
  ...own,
  id: 'createWebhook',
  method: 'POST',
  path: '/account/webhooks',
  summary: 'Registers an endpoint that is told of the ends of jobs',
  description:
    'Requests are signed as Standard Webhooks describes (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Answer with ' +
    'a status of 200 to 299 within 15 seconds. The answer shows the secret this once. A user can have 10 webhooks.',
  body: newWebhook,
  takesIdempotencyKey: true,
  answers: { 201: { description: 'The webhook, with its secret', body: createdWebhook } },
  problems: [tooManyWebhooks],
})

export const getWebhook = defineEndpoint({
  ...own,
  id: 'getWebhook',
  method: 'GET',
  path: '/account/webhooks/{id}',
  summary: 'One webhook',
  params,
  answers: { 200: { description: 'The webhook', body: webhookView } },
  problems: [webhookUnknown],
})

export const changeWebhook = defineEndpoint({
  ...own,
  id: 'changeWebhook',
  method: 'PATCH',
  path: '/account/webhooks/{id}',
  summary: 'Changes, disables or enables a webhook',
  description:
    'What is disabled gets nothing, and what was on its way to it fails. Events meanwhile are not made up for.',
  params,
  body: webhookChanges,
  answers: { 200: { description: 'The webhook', body: webhookView } },
  problems: [webhookUnknown],
})

export const deleteWebhook = defineEndpoint({
  ...own,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/account/webhooks/{id}',
  summary: 'Deletes a webhook with its deliveries',
  params,
  answers: { 204: { description: 'The webhook is gone' } },
  problems: [webhookUnknown],
})

export const rotateWebhookSecret = defineEndpoint({
  ...own,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/account/webhooks/{id}/secret',
  summary: 'Gives a webhook a new secret',
  description:
    'Requests bear signatures of both secrets until `overlapHours` are over; a secret before that one ends at once.',
  params,
  body: secretRotation,
  takesIdempotencyKey: true,
  answers: { 200: { description: 'The webhook, with its new secret', body: createdWebhook } },
  problems: [webhookUnknown],
})

export const testWebhook = defineEndpoint({
  ...own,
  id: 'testWebhook',
  method: 'POST',
  path: '/account/webhooks/{id}/test',
  rateClass: 'deliveries',
  summary: 'Sends a test event, `webhook.test`',
  params,
  takesIdempotencyKey: true,
  answers: { 202: { description: 'Its delivery', body: deliveryView } },
  problems: [webhookUnknown, webhookDisabled],
})

export const listDeliveries = defineEndpoint({
  ...own,
  id: 'listDeliveries',
  method: 'GET',
  path: '/account/webhooks/{id}/deliveries',
  summary: 'What was sent to a webhook in the last 30 days, newest first',
  params,
  query: z.object({
    limit: pageLimit(50, 'deliveries'),
    before: z
      .string()
      .regex(/^\d{1,14}-[\da-f-]{36}$/, 'expected the value that "next" of the previous page has')
      .optional()
      .describe('Cursor of "next" of the previous page.'),
    state: deliveryState.optional(),
    type: webhookEventType.optional(),
  }),
  answers: { 200: { description: 'One page', body: deliveryList } },
  problems: [webhookUnknown],
})

export const getDelivery = defineEndpoint({
  ...own,
  id: 'getDelivery',
  method: 'GET',
  path: '/account/webhooks/{id}/deliveries/{deliveryId}',
  summary: 'One delivery, with its payload and its attempts',
  params: deliveryParams,
  answers: { 200: { description: 'The delivery', body: deliveryDetails } },
  problems: [webhookUnknown, deliveryUnknown],
})

export const replayDelivery = defineEndpoint({
  ...own,
  id: 'replayDelivery',
  method: 'POST',
  path: '/account/webhooks/{id}/deliveries/{deliveryId}/replay',
  rateClass: 'deliveries',
  summary: 'Sends a delivery again, with all its attempts',
  description: 'It has the same `webhook-id`: a receiver that drops what it knows drops it.',
  params: deliveryParams,
  takesIdempotencyKey: true,
  answers: { 202: { description: 'The delivery', body: deliveryView } },
  problems: [webhookUnknown, deliveryUnknown, deliveryPending, webhookDisabled],
})

const internal = { tag: 'Internal', access: 'service' } as const

export const recordWebhookEvent = defineEndpoint({
  ...internal,
  id: 'recordWebhookEvent',
  method: 'POST',
  path: '/internal/webhook-events',
  summary: "Has a user's endpoints told of something, once however often it is asked for",
  body: webhookNews,
  answers: {
    200: {
      description: 'How many endpoints are told of it',
      body: z.object({ deliveries: z.int() }),
    },
  },
})

export const getWebhookParcel = defineEndpoint({
  ...internal,
  id: 'getWebhookParcel',
  method: 'GET',
  path: '/internal/webhook-deliveries/{id}',
  summary: 'What a delivery sends, and where',
  params: z.object({ id: z.uuid() }),
  query: z.object({
    round: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  }),
  answers: { 200: { description: 'The delivery', body: webhookParcel } },
  problems: [deliveryUnknown, deliveryObsolete],
})

export const reportWebhookAttempt = defineEndpoint({
  ...internal,
  id: 'reportWebhookAttempt',
  method: 'POST',
  path: '/internal/webhook-deliveries/{id}/attempts',
  summary: 'What came of an attempt to deliver',
  params: z.object({ id: z.uuid() }),
  body: attemptReport,
  answers: { 200: { description: 'How the delivery is now', body: attemptVerdict } },
  problems: [deliveryUnknown],
})
