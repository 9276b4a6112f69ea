import {
  defineEndpoint,
  defineProblem,
  type Endpoint,
  type EndpointAnswer,
} from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { conversionOptions } from '../conversion-options.ts'
import { jobsBefore } from './jobs.ts'

/** Longest password that a form takes, in characters: a longer one is refused before it is hashed. */
const maxFieldLength = 1_000

/** The token of a link in a mail, as it can stand in an address. */
export const linkToken = z.string().regex(/^[\w.~-]{1,100}$/)

/** Shown as a page, as every problem of these endpoints. */
export const formExpected = defineProblem({
  code: 'form-expected',
  status: 415,
  meaning: 'The body must be a form of "application/x-www-form-urlencoded".',
})

const asPage = (description: string): EndpointAnswer => ({ description, contentTypes: ['text/html'] })

const showing = {
  method: 'GET',
  tag: 'Pages',
  access: 'public',
  query: z.object({ token: linkToken }),
  answers: {
    200: asPage(
      'The page. It changes nothing: programs that look for harmful links open every link in a mail.',
    ),
    400: asPage('The link is incomplete, in words.'),
    429: asPage('Too many requests, in words.'),
  },
} as const

/** What may be wrong with any form. */
const formRefusals = {
  408: asPage('The form did not arrive in time, in words.'),
  413: asPage('The form is too large, in words.'),
  415: asPage('The body is no form, in words.'),
  422: asPage('The page once more, with what is wrong with the field.'),
}

const sending = {
  method: 'POST',
  tag: 'Pages',
  access: 'public',
  rateClass: 'credentials',
  answers: {
    200: asPage('It is done, in words.'),
    400: asPage('The link is incomplete, was used, or has expired, in words.'),
    ...formRefusals,
    409: asPage('The address has another account now, in words.'),
    429: asPage('Too many requests, in words.'),
    503: asPage('A server does not answer, in words.'),
  },
} as const

const form = (fields: Record<string, z.ZodString> = {}) => ({
  'application/x-www-form-urlencoded': z.object({ token: linkToken, ...fields }),
})

export const showVerifyEmail = defineEndpoint({
  ...showing,
  id: 'showVerifyEmail',
  path: '/verify-email',
  summary: 'Page of the link that confirms the address of a new account',
})

export const sendVerifyEmail = defineEndpoint({
  ...sending,
  id: 'sendVerifyEmail',
  path: '/forms/verify-email',
  summary: 'Form of that page',
  rawBody: form(),
})

export const showConfirmEmail = defineEndpoint({
  ...showing,
  id: 'showConfirmEmail',
  path: '/confirm-email',
  summary: 'Page of the link that confirms a new address',
})

export const sendConfirmEmail = defineEndpoint({
  ...sending,
  id: 'sendConfirmEmail',
  path: '/forms/confirm-email',
  summary: 'Form of that page',
  rawBody: form(),
})

export const showResetPassword = defineEndpoint({
  ...showing,
  id: 'showResetPassword',
  path: '/reset-password',
  summary: 'Page of the link with which a new password is chosen',
})

export const sendResetPassword = defineEndpoint({
  ...sending,
  id: 'sendResetPassword',
  path: '/forms/reset-password',
  summary: 'Form of that page',
  rawBody: form({ password: z.string().max(maxFieldLength) }),
})

const unsubscribePath = '/unsubscribe'

export const showUnsubscribe = defineEndpoint({
  ...showing,
  id: 'showUnsubscribe',
  path: unsubscribePath,
  summary: 'Page of the link that ends mails about jobs',
})

export const unsubscribe = defineEndpoint({
  ...sending,
  id: 'unsubscribe',
  path: unsubscribePath,
  summary: 'Ends mails about jobs: form of that page, and the one click of mail programs (RFC 8058)',
  description: 'The body, such as `List-Unsubscribe=One-Click`, is not looked at.',
  query: z.object({ token: z.string().max(100) }),
  rawBody: { 'application/x-www-form-urlencoded': undefined, 'multipart/form-data': undefined },
  rateClass: 'write',
})

/** The pages for browsers without JavaScript. */
const plain = { tag: 'Pages', access: 'public' } as const

const plainProblems = {
  400: asPage('The request is not valid, in words.'),
  403: asPage('The form was not sent by a page of ours, or the account is locked, in words.'),
  429: asPage('Too many requests, in words.'),
  503: asPage('A server does not answer, in words.'),
}

const challenged = (description: string): EndpointAnswer => ({
  ...asPage(description),
  headers: { 'WWW-Authenticate': 'How programs prove who they are.' },
})

const toPlain: EndpointAnswer = {
  description: 'It is done: the page shows it.',
  headers: { Location: '`/plain`', 'Set-Cookie?': 'Begins or ends the session.' },
}

export const showPlain = defineEndpoint({
  ...plain,
  id: 'showPlain',
  method: 'GET',
  path: '/plain',
  summary: 'The service for browsers without JavaScript: sign in, upload, own jobs',
  query: z.object({ before: jobsBefore }),
  answers: { 200: asPage('Forms, and the own jobs if somebody is signed in.'), ...plainProblems },
})

export const plainSignIn = defineEndpoint({
  ...plain,
  id: 'plainSignIn',
  method: 'POST',
  path: '/plain/sign-in',
  summary: 'Form of that page: begins a session',
  rateClass: 'credentials',
  rawBody: {
    'application/x-www-form-urlencoded': z.object({
      email: z.string().max(254),
      password: z.string().max(maxFieldLength),
    }),
  },
  answers: {
    303: toPlain,
    401: challenged('The form once more: address or password is wrong.'),
    ...formRefusals,
    ...plainProblems,
  },
})

export const plainGuest = defineEndpoint({
  ...plain,
  id: 'plainGuest',
  method: 'POST',
  path: '/plain/guest',
  summary: 'Form of that page: begins a session as a guest',
  rateClass: 'credentials',
  rawBody: { 'application/x-www-form-urlencoded': undefined },
  answers: { 303: toPlain, ...plainProblems },
})

export const plainSignOut = defineEndpoint({
  ...plain,
  id: 'plainSignOut',
  method: 'POST',
  path: '/plain/sign-out',
  summary: 'Form of that page: ends the session',
  rawBody: { 'application/x-www-form-urlencoded': undefined },
  answers: { 303: toPlain, ...plainProblems },
})

export const plainUpload = defineEndpoint({
  ...plain,
  id: 'plainUpload',
  method: 'POST',
  path: '/plain/upload',
  summary: 'Form of that page: uploads a video, and converts it',
  rateClass: 'upload',
  rawBody: {
    'multipart/form-data': z.object({ file: z.file().describe('The video.'), ...conversionOptions.shape }),
  },
  answers: {
    303: toPlain,
    401: challenged('Nobody is signed in any more, in words.'),
    ...formRefusals,
    ...plainProblems,
    507: asPage('There is no room for the file, in words.'),
  },
})

/** All pages, in the order of the documentation. */
export const pageEndpoints: readonly Endpoint[] = [
  ...[showVerifyEmail, sendVerifyEmail],
  ...[showConfirmEmail, sendConfirmEmail],
  ...[showResetPassword, sendResetPassword],
  ...[showUnsubscribe, unsubscribe],
  ...[showPlain, plainSignIn, plainGuest, plainSignOut, plainUpload],
]
