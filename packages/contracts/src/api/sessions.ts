import { defineEndpoint, defineProblem } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { accessTokenResponse, refreshRequest, sessionList } from '../sessions.ts'

export const refreshTokenInvalid = defineProblem({
  code: 'refresh-token-invalid',
  status: 401,
  meaning: 'The refresh token is unknown, expired or used already, or its session has ended. Log in again.',
})
export const sessionUnknown = defineProblem({
  code: 'session-unknown',
  status: 404,
  meaning: 'You have no such session. It may have ended.',
})

export const refresh = defineEndpoint({
  id: 'refresh',
  method: 'POST',
  path: '/refresh',
  tag: 'Accounts',
  summary: 'Exchanges a refresh token for an access token and the next refresh token',
  description:
    'Each refresh token is good for one use. When one is used again, its session ends: somebody else has it. A client ' +
    'that did not receive the answer may repeat the request within 30 seconds.',
  access: 'public',
  body: refreshRequest,
  answers: { 200: { description: 'The next tokens', body: accessTokenResponse } },
  problems: [refreshTokenInvalid],
  rateClass: 'credentials',
})

export const logout = defineEndpoint({
  id: 'logout',
  method: 'POST',
  path: '/logout',
  tag: 'Accounts',
  summary: "Ends the access token's session",
  description: 'Its refresh token is worthless at once, access tokens within minutes.',
  access: { scope: 'account' },
  answers: { 204: { description: 'The session has ended' } },
})

export const listSessions = defineEndpoint({
  id: 'listSessions',
  method: 'GET',
  path: '/account/sessions',
  tag: 'Accounts',
  summary: 'Where the user is logged in, last used first',
  access: { scope: 'account' },
  answers: { 200: { description: 'The sessions', body: sessionList } },
})

export const endSessions = defineEndpoint({
  id: 'endSessions',
  method: 'DELETE',
  path: '/account/sessions',
  tag: 'Accounts',
  summary: 'Logs out everywhere, this session included',
  description: 'API keys go on; revoke them one by one.',
  access: { scope: 'account' },
  answers: { 204: { description: 'All sessions have ended' } },
})

export const endSession = defineEndpoint({
  id: 'endSession',
  method: 'DELETE',
  path: '/account/sessions/{id}',
  tag: 'Accounts',
  summary: 'Ends one session',
  access: { scope: 'account' },
  params: z.object({ id: z.uuid() }),
  answers: { 204: { description: 'The session has ended' } },
  problems: [sessionUnknown],
})
