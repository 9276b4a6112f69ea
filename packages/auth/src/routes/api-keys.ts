import type { ApiKeyList, ApiKeyView, CreatedApiKey } from '@jackalope/contracts'
import { apiKeys as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { ApiKey } from '../api-keys/api-key-store.ts'
import type { AppDeps } from '../app-deps.ts'

type KeyDeps = Pick<AppDeps, 'apiKeys'>

/** `GET /account/api-keys`. */
export function listApiKeys({ apiKeys }: KeyDeps): EndpointHandler<typeof endpoints.listApiKeys, UserState> {
  return async ctx => {
    ctx.body = { apiKeys: (await apiKeys.list(ctx.state.userId)).map(toView) } satisfies ApiKeyList
  }
}

/** `POST /account/api-keys`: 201 with the key, which is shown this once. */
export function createApiKey({
  apiKeys,
}: KeyDeps): EndpointHandler<typeof endpoints.createApiKey, UserState> {
  return async (ctx, { body }) => {
    const created = await apiKeys.create(ctx.state.account, body, ctx.state.client)
    if (!created)
      throw problem(endpoints.tooManyApiKeys, {
        detail: 'You have as many API keys as a user can have. Revoke one that you do not use.',
      })
    ctx.status = 201
    ctx.body = { ...toView(created), key: created.key } satisfies CreatedApiKey
  }
}

/** `DELETE /account/api-keys/{id}`. */
export function revokeApiKey({
  apiKeys,
}: KeyDeps): EndpointHandler<typeof endpoints.revokeApiKey, UserState> {
  return async (ctx, { params }) => {
    if (!(await apiKeys.revoke(ctx.state.userId, params.id, ctx.state.client)))
      throw problem(endpoints.apiKeyUnknown, {
        detail: 'You have no such API key. It may have been revoked.',
      })
    ctx.status = 204
  }
}

/** `POST /internal/api-keys/exchange`: whom a key speaks for, for the gateway. */
export function exchangeApiKey({
  apiKeys,
}: KeyDeps): EndpointHandler<typeof endpoints.exchangeApiKey, UserState> {
  return async (ctx, { body }) => {
    const holder = await apiKeys.exchange(body.key)
    if (!holder) throw problem(endpoints.apiKeyUnknown, { detail: 'There is no such API key.' })
    ctx.body = holder
  }
}

function toView({ id, name, start, scopes, createdAt, expiresAt, lastUsedAt }: ApiKey): ApiKeyView {
  return {
    ...{ id, name, start, scopes },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
  }
}
