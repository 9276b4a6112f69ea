import {
  defineEndpoint,
  defineProblem,
  serviceUnavailable,
  tokenExpired,
  tokenInvalid,
  tokenMissing,
} from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { internalUser } from '../internal-user.ts'
import { accessTokenResponse } from '../sessions.ts'
import { accessTokenClaims } from '../tokens/access-token.ts'
import { registration, user, userUnknown } from '../users.ts'

export const emailTaken = defineProblem({
  code: 'email-taken',
  status: 409,
  meaning: 'The e-mail address is registered already. Log in, or register another one.',
})
export const credentialsMissing = defineProblem({
  code: 'credentials-missing',
  status: 401,
  meaning: 'E-mail address and password are missing. Send them by HTTP Basic, in UTF-8.',
})
export const credentialsWrong = defineProblem({
  code: 'credentials-wrong',
  status: 401,
  meaning: 'E-mail address or password is wrong.',
})
export const accountLocked = defineProblem({
  code: 'account-locked',
  status: 403,
  meaning: 'An administrator has locked the account.',
})
export const tooManyAttempts = defineProblem({
  code: 'too-many-attempts',
  status: 429,
  meaning: 'Too many failed logins. Wait as many seconds as "Retry-After" says.',
})
export const busy = defineProblem({
  code: 'busy',
  status: 503,
  meaning: 'Too many people are registering or logging in at the moment. Send the request again in a second.',
})
export const noSuchUser = defineProblem({
  code: userUnknown,
  status: 404,
  meaning: 'There is no user with this id.',
})

export const register = defineEndpoint({
  id: 'register',
  method: 'POST',
  path: '/register',
  tag: 'Accounts',
  summary: 'Registers a user',
  description:
    'Where mail is on, the answer does not tell whether the address has an account already: it is the same, and the owner of ' +
    'the address gets a mail. Where mail is off, it is 409 then.',
  access: 'public',
  body: registration,
  answers: { 201: { description: 'The new user', body: user } },
  problems: [emailTaken, busy, serviceUnavailable],
  rateClass: 'credentials',
  takesIdempotencyKey: true,
})

export const login = defineEndpoint({
  id: 'login',
  method: 'POST',
  path: '/login',
  tag: 'Accounts',
  summary: 'Logs in with e-mail address and password',
  description:
    'The bare access token comes as plain text for `Accept: text/plain`; its session cannot be refreshed.',
  access: 'password',
  answers: {
    200: {
      description: 'An access token and a refresh token',
      body: accessTokenResponse,
      contentTypes: ['text/plain'],
    },
  },
  problems: [credentialsMissing, credentialsWrong, accountLocked, tooManyAttempts, busy, serviceUnavailable],
  rateClass: 'credentials',
})

export const validateToken = defineEndpoint({
  id: 'validateToken',
  method: 'GET',
  path: '/validate',
  tag: 'Internal',
  summary: "An access token's claims",
  access: 'public',
  answers: { 200: { description: 'The claims', body: accessTokenClaims } },
  problems: [tokenMissing, tokenInvalid, tokenExpired],
})

export const jwks = defineEndpoint({
  id: 'jwks',
  method: 'GET',
  path: '/.well-known/jwks.json',
  tag: 'Accounts',
  summary: 'The public keys that verify access tokens (RFC 7517)',
  description: 'The list is empty while tokens are signed with a shared secret (HS256).',
  access: 'public',
  answers: {
    200: { description: 'The keys', body: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) },
  },
})

export const getUser = defineEndpoint({
  id: 'getUser',
  method: 'GET',
  path: '/internal/users/{id}',
  tag: 'Internal',
  summary: "A user's e-mail address, for services that send mails",
  access: 'service',
  params: z.object({ id: z.string() }),
  answers: { 200: { description: 'The user', body: internalUser } },
  problems: [noSuchUser],
})
