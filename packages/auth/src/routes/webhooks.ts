import type { CreatedWebhook, WebhookList, WebhookView } from '@jackalope/contracts'
import { webhooks as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { checkWebhookUrl } from '../webhooks/check-url.ts'
import { toWebhookView } from '../webhooks/webhook-views.ts'

type HookDeps = Pick<AppDeps, 'webhooks' | 'webhookNetworks'>

/** `GET /account/webhooks`. */
export function listWebhooks({
  webhooks,
}: HookDeps): EndpointHandler<typeof endpoints.listWebhooks, UserState> {
  return async ctx => {
    ctx.body = { webhooks: (await webhooks.list(ctx.state.userId)).map(toWebhookView) } satisfies WebhookList
  }
}

/** `POST /account/webhooks`: 201 with the secret, which is shown this once. */
export function createWebhook(deps: HookDeps): EndpointHandler<typeof endpoints.createWebhook, UserState> {
  return async (ctx, { body }) => {
    checkWebhookUrl(body.url, deps.webhookNetworks)
    const created = await deps.webhooks.create(ctx.state.account, body, ctx.state.client)
    if (!created)
      throw problem(endpoints.tooManyWebhooks, {
        detail: 'You have as many webhooks as a user can have. Delete one that you do not use.',
      })
    ctx.status = 201
    ctx.body = { ...toWebhookView(created), secret: created.secret } satisfies CreatedWebhook
  }
}

/** `GET /account/webhooks/{id}`. */
export function getWebhook({ webhooks }: HookDeps): EndpointHandler<typeof endpoints.getWebhook, UserState> {
  return async (ctx, { params: { id } }) => {
    const webhook = await webhooks.find(ctx.state.userId, id)
    if (!webhook) throw noSuchWebhook()
    ctx.body = toWebhookView(webhook) satisfies WebhookView
  }
}

/** `PATCH /account/webhooks/{id}`. */
export function changeWebhook(deps: HookDeps): EndpointHandler<typeof endpoints.changeWebhook, UserState> {
  return async (ctx, { params: { id }, body }) => {
    if (body.url !== undefined) checkWebhookUrl(body.url, deps.webhookNetworks)
    const webhook = await deps.webhooks.change(ctx.state.userId, id, body, ctx.state.client)
    if (!webhook) throw noSuchWebhook()
    ctx.body = toWebhookView(webhook) satisfies WebhookView
  }
}

/** `DELETE /account/webhooks/{id}`. */
export function deleteWebhook({
  webhooks,
}: HookDeps): EndpointHandler<typeof endpoints.deleteWebhook, UserState> {
  return async (ctx, { params: { id } }) => {
    if (!(await webhooks.remove(ctx.state.userId, id, ctx.state.client))) throw noSuchWebhook()
    ctx.status = 204
  }
}

/** `POST /account/webhooks/{id}/secret`: 200 with the new secret, which is shown this once. */
export function rotateWebhookSecret({
  webhooks,
}: HookDeps): EndpointHandler<typeof endpoints.rotateWebhookSecret, UserState> {
  return async (ctx, { params: { id }, body }) => {
    const overlapMs = (body?.overlapHours ?? 24) * 3_600_000
    const webhook = await webhooks.rotateSecret(ctx.state.userId, id, overlapMs, ctx.state.client)
    if (!webhook) throw noSuchWebhook()
    ctx.body = { ...toWebhookView(webhook), secret: webhook.secret } satisfies CreatedWebhook
  }
}

export function noSuchWebhook() {
  return problem(endpoints.webhookUnknown, { detail: 'You have no such webhook.' })
}
