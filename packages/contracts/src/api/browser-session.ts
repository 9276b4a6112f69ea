import {
  crossSiteRequest,
  defineEndpoint,
  defineProblem,
  requestMalformed,
  serviceUnavailable,
} from '@jackalope/service-kit/endpoint'
import {
  openedSession,
  sessionHolder,
  sessionSecret,
  sessionState,
  signIn,
  startedSession,
  sessionSecretUnknown as unknownCode,
} from '../browser-session.ts'
import { accountLocked, busy, credentialsWrong, tooManyAttempts } from './users.ts'

export const guestsOff = defineProblem({
  code: 'guests-off',
  status: 403,
  meaning: 'This installation takes no guests. Register, or sign in.',
})
export const sessionSecretUnknown = defineProblem({
  code: unknownCode,
  status: 404,
  meaning: 'There is no such session. It may have ended.',
})

const setCookie = { 'Set-Cookie': 'The session: for the browser alone, no script can read it.' }
const session = { tag: 'Session', access: 'public' } as const
const internal = { tag: 'Internal', access: 'service' } as const
const description =
  'For pages of this service. Anything else gets 403 `cross-site-request`: the browser must send `Sec-Fetch-Site: same-origin` or, if it does not know that header, our `Origin`.'

export const startSession = defineEndpoint({
  ...session,
  id: 'startSession',
  method: 'POST',
  path: '/session',
  summary: 'Signs a browser in: it gets a cookie',
  description: `${description} The session that the browser had ends.`,
  body: signIn,
  answers: { 201: { description: 'Who is signed in now', body: startedSession, headers: setCookie } },
  problems: [
    crossSiteRequest,
    credentialsWrong,
    accountLocked,
    tooManyAttempts,
    busy,
    serviceUnavailable,
    requestMalformed,
  ],
  rateClass: 'credentials',
})

export const getSession = defineEndpoint({
  ...session,
  id: 'getSession',
  method: 'GET',
  path: '/session',
  summary: 'Who is signed in with this browser',
  answers: {
    200: {
      description: 'Who it is, or that it is nobody',
      body: sessionState,
      headers: { 'Set-Cookie?': 'Removes the cookie of a session that has ended.' },
    },
  },
  problems: [crossSiteRequest],
})

export const stopSession = defineEndpoint({
  ...session,
  id: 'stopSession',
  method: 'DELETE',
  path: '/session',
  summary: 'Signs the browser out',
  description,
  answers: {
    204: { description: 'Nobody is signed in', headers: { 'Set-Cookie': 'Removes the cookie.' } },
  },
  problems: [crossSiteRequest],
})

export const startGuestSession = defineEndpoint({
  ...session,
  id: 'startGuestSession',
  method: 'POST',
  path: '/session/guest',
  summary: 'Lets somebody try the service without an account',
  description: `${description} A guest has small limits (\`GET /service\`), and cannot come back with another browser. \`POST /register\` makes an account of a guest: it has his jobs and files, and he signs in again.`,
  answers: {
    201: { description: 'The new guest', body: startedSession, headers: setCookie },
    200: { description: 'Somebody is signed in already', body: startedSession },
  },
  problems: [crossSiteRequest, guestsOff],
  rateClass: 'credentials',
})

export const openBrowserSession = defineEndpoint({
  ...internal,
  id: 'openBrowserSession',
  method: 'POST',
  path: '/internal/browser-sessions',
  summary: 'Begins a session for a browser, by e-mail address and password',
  body: signIn,
  answers: { 201: { description: 'The session', body: openedSession } },
  problems: [credentialsWrong, accountLocked, tooManyAttempts, busy],
})

export const openGuestSession = defineEndpoint({
  ...internal,
  id: 'openGuestSession',
  method: 'POST',
  path: '/internal/browser-sessions/guest',
  summary: 'Begins a session for a browser, as a new guest',
  answers: { 201: { description: 'The session', body: openedSession } },
  problems: [guestsOff],
})

export const exchangeBrowserSession = defineEndpoint({
  ...internal,
  id: 'exchangeBrowserSession',
  method: 'POST',
  path: '/internal/browser-sessions/exchange',
  summary: 'Whom the session of a browser speaks for',
  body: sessionSecret,
  answers: { 200: { description: 'Its user and scopes', body: sessionHolder } },
  problems: [sessionSecretUnknown],
})

export const endBrowserSession = defineEndpoint({
  ...internal,
  id: 'endBrowserSession',
  method: 'POST',
  path: '/internal/browser-sessions/end',
  summary: 'Ends the session of a browser',
  body: sessionSecret,
  answers: { 204: { description: 'There is no such session any more' } },
})
