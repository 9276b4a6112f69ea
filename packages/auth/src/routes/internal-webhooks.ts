import { webhooks as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'

/** `POST /internal/webhook-events` with the service token, as all of these. */
export function recordWebhookEvent({
  deliveries,
}: Pick<AppDeps, 'deliveries'>): EndpointHandler<typeof endpoints.recordWebhookEvent, UserState> {
  return async (ctx, { body }) => {
    ctx.body = { deliveries: await deliveries.record(body) }
  }
}

/** `GET /internal/webhook-deliveries/{id}`. */
export function getWebhookParcel({
  webhookAttempts,
}: Pick<AppDeps, 'webhookAttempts'>): EndpointHandler<typeof endpoints.getWebhookParcel, UserState> {
  return async (ctx, { params: { id }, query: { round } }) => {
    const parcel = await webhookAttempts.parcel(id, round)
    if (!parcel) throw noSuchDelivery()
    if (parcel === 'obsolete')
      throw problem(endpoints.deliveryObsolete, { detail: 'This delivery need not be sent any more.' })
    ctx.body = parcel
  }
}

/** `POST /internal/webhook-deliveries/{id}/attempts`. */
export function reportWebhookAttempt({
  webhookAttempts,
}: Pick<AppDeps, 'webhookAttempts'>): EndpointHandler<typeof endpoints.reportWebhookAttempt, UserState> {
  return async (ctx, { params: { id }, body }) => {
    const state = await webhookAttempts.report(id, body)
    if (!state) throw noSuchDelivery()
    ctx.body = { state }
  }
}

function noSuchDelivery() {
  return problem(endpoints.deliveryUnknown, { detail: 'There is no such delivery.' })
}
