import type { AccountService } from '@jackalope/contracts'
import {
  type browserSession,
  browserSession as endpoints,
  type service,
  users,
} from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { type CheckLoginDeps, checkLogin, wrongCredentials } from '../login/check-login.ts'

type SessionDeps = Pick<AppDeps, 'browserSessions'>
type GuestDeps = Pick<AppDeps, 'guests' | 'throttle' | 'guestKeptSeconds'>

/** `POST /internal/browser-sessions`: begins a session for a browser; the one that it had ends. */
export function openBrowserSession(
  deps: SessionDeps & CheckLoginDeps,
): EndpointHandler<typeof browserSession.openBrowserSession, UserState> {
  return async (ctx, { body: { email: user, password } }) => {
    const { client, sessionToken } = ctx.state
    const account = await checkLogin(deps, { user, password }, client.address, credentialsWrong)
    const opened = await deps.browserSessions.start(account, client, sessionToken)
    if (!opened) throw credentialsWrong()
    ctx.status = 201
    ctx.body = opened
  }
}

/** `POST /internal/browser-sessions/guest`: begins a session for a browser, as a new guest. */
export function openGuestSession({
  guests,
  throttle,
  guestKeptSeconds,
}: GuestDeps): EndpointHandler<typeof browserSession.openGuestSession, UserState> {
  return async ctx => {
    if (guestKeptSeconds === undefined)
      throw problem(endpoints.guestsOff, {
        detail: 'This installation takes no guests. Register, or sign in.',
      })
    await throttle.count('guest', ctx.state.client.address)
    ctx.status = 201
    ctx.body = await guests.create(ctx.state.client)
  }
}

/** `POST /internal/browser-sessions/exchange`: whom a session speaks for, for the gateway. */
export function exchangeBrowserSession({
  browserSessions,
}: SessionDeps): EndpointHandler<typeof browserSession.exchangeBrowserSession, UserState> {
  return async (ctx, { body }) => {
    const holder = await browserSessions.exchange(body.token, ctx.state.client)
    if (!holder) throw problem(endpoints.sessionSecretUnknown, { detail: 'There is no such session.' })
    ctx.body = holder
  }
}

/** `POST /internal/browser-sessions/end`. */
export function endBrowserSession({
  browserSessions,
}: SessionDeps): EndpointHandler<typeof browserSession.endBrowserSession, UserState> {
  return async (ctx, { body }) => {
    await browserSessions.end(body.token, ctx.state.client)
    ctx.status = 204
  }
}

/** `GET /internal/service`: what the gateway tells the world of auth's configuration. */
export function getAccountService({
  guestKeptSeconds: keptSeconds,
  verification: mail,
}: Pick<AppDeps, 'guestKeptSeconds' | 'verification'>): EndpointHandler<
  typeof service.getAccountService,
  UserState
> {
  return async ctx => {
    const guests = keptSeconds === undefined ? null : { keptSeconds }
    ctx.body = { registration: true, mail, guests } satisfies AccountService
  }
}

/** No challenge of HTTP Basic: a browser would ask for the password in a window of its own. */
function credentialsWrong() {
  return problem(users.credentialsWrong, {
    detail: wrongCredentials,
    headers: { 'WWW-Authenticate': 'Bearer realm="jackalope"' },
  })
}
