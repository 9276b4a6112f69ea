import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import {
  apiKeyExchange,
  apiKeyHolder,
  apiKeyList,
  createdApiKey,
  newApiKey,
  apiKeyUnknown as unknownCode,
} from '../api-keys.ts'

export const apiKeyUnknown = defineProblem({
  code: unknownCode,
  status: 404,
  meaning: 'You have no such API key. It may have been revoked.',
})
export const tooManyApiKeys = defineProblem({
  code: 'too-many-api-keys',
  status: 409,
  meaning: 'You have as many API keys as a user can have. Revoke one that you do not use.',
})

export const listApiKeys = defineEndpoint({
  id: 'listApiKeys',
  method: 'GET',
  path: '/account/api-keys',
  tag: 'Accounts',
  summary: "The user's API keys, newest first",
  access: { scope: 'account' },
  answers: { 200: { description: 'The keys, without their secrets', body: apiKeyList } },
})

export const createApiKey = defineEndpoint({
  id: 'createApiKey',
  method: 'POST',
  path: '/account/api-keys',
  tag: 'Accounts',
  summary: 'Creates an API key for a program',
  description:
    'The answer shows the key this once. Send it as `Authorization: Bearer jackalope_...`. A user can have 25 keys.',
  access: { scope: 'account' },
  body: newApiKey,
  takesIdempotencyKey: true,
  answers: { 201: { description: 'The key', body: createdApiKey } },
  problems: [tooManyApiKeys],
})

export const revokeApiKey = defineEndpoint({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/account/api-keys/{id}',
  tag: 'Accounts',
  summary: 'Revokes an API key',
  description: 'It is refused within a minute.',
  access: { scope: 'account' },
  params: z.object({ id: z.uuid() }),
  answers: { 204: { description: 'The key is revoked' } },
  problems: [apiKeyUnknown],
})

export const exchangeApiKey = defineEndpoint({
  id: 'exchangeApiKey',
  method: 'POST',
  path: '/internal/api-keys/exchange',
  tag: 'Internal',
  summary: 'Whom an API key speaks for',
  access: 'service',
  body: apiKeyExchange,
  answers: { 200: { description: "The key's user and scopes", body: apiKeyHolder } },
  problems: [apiKeyUnknown],
})
