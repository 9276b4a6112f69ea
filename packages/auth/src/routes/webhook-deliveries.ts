import type { DeliveryDetails, DeliveryList, DeliveryView } from '@jackalope/contracts'
import { webhooks as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { cutPage } from '../http/cut-page.ts'
import type { Delivery } from '../webhooks/delivery-store.ts'
import { payloadOf, toDeliveryView } from '../webhooks/webhook-views.ts'
import { noSuchWebhook } from './webhooks.ts'

type DeliveryDeps = Pick<AppDeps, 'webhooks' | 'deliveries' | 'webhookAttempts'>

/** `GET /account/webhooks/{id}/deliveries`. */
export function listDeliveries(
  deps: DeliveryDeps,
): EndpointHandler<typeof endpoints.listDeliveries, UserState> {
  return async (ctx, { params: { id }, query: { limit, before, ...filter } }) => {
    if (!(await deps.webhooks.find(ctx.state.userId, id))) throw noSuchWebhook()
    const place = before === undefined ? undefined : placeOf(before)
    const found = await deps.deliveries.list(id, { ...filter, before: place, limit: limit + 1 })
    const { page, next } = cutPage(ctx, found, limit, cursorOf)
    ctx.body = { deliveries: page.map(toDeliveryView), next } satisfies DeliveryList
  }
}

/** `GET /account/webhooks/{id}/deliveries/{deliveryId}`. */
export function getDelivery(deps: DeliveryDeps): EndpointHandler<typeof endpoints.getDelivery, UserState> {
  return async (ctx, { params: { id, deliveryId } }) => {
    if (!(await deps.webhooks.find(ctx.state.userId, id))) throw noSuchWebhook()
    const delivery = await deps.deliveries.find(id, deliveryId)
    if (!delivery) throw noSuchDelivery()
    const history = await deps.webhookAttempts.list(deliveryId)
    ctx.body = {
      ...toDeliveryView(delivery),
      ...{ payload: payloadOf(delivery), history },
    } satisfies DeliveryDetails
  }
}

/** `POST /account/webhooks/{id}/deliveries/{deliveryId}/replay`. */
export function replayDelivery(
  deps: DeliveryDeps,
): EndpointHandler<typeof endpoints.replayDelivery, UserState> {
  return async (ctx, { params: { id, deliveryId } }) => {
    if (!(await deps.webhooks.find(ctx.state.userId, id))) throw noSuchWebhook()
    const delivery = await deps.deliveries.replay(id, deliveryId)
    if (delivery === 'pending')
      throw problem(endpoints.deliveryPending, { detail: 'It is on its way already.' })
    answerStarted(ctx, delivery)
  }
}

/** `POST /account/webhooks/{id}/test`. */
export function testWebhook(deps: DeliveryDeps): EndpointHandler<typeof endpoints.testWebhook, UserState> {
  return async (ctx, { params: { id } }) => {
    const webhook = await deps.webhooks.find(ctx.state.userId, id)
    if (!webhook) throw noSuchWebhook()
    answerStarted(ctx, await deps.deliveries.test(webhook))
  }
}

function answerStarted(ctx: { status: number; body: unknown }, delivery: Delivery | 'disabled' | undefined) {
  if (delivery === undefined) throw noSuchDelivery()
  if (delivery === 'disabled')
    throw problem(endpoints.webhookDisabled, { detail: 'The webhook is disabled. Enable it first.' })
  ctx.status = 202
  ctx.body = toDeliveryView(delivery) satisfies DeliveryView
}

function noSuchDelivery() {
  return problem(endpoints.deliveryUnknown, { detail: 'There is no such delivery.' })
}

function cursorOf({ createdAt, id }: Delivery): string {
  return `${createdAt.getTime()}-${id}`
}

function placeOf(cursor: string): { createdAt: Date; id: string } {
  const dash = cursor.indexOf('-')
  return { createdAt: new Date(Number(cursor.slice(0, dash))), id: cursor.slice(dash + 1) }
}
