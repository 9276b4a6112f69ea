import type { SessionState, StartedSession } from '@jackalope/contracts'
import { browserSession as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { endSession, openSession } from './ask-auth.ts'

export type SessionDeps = Pick<AppDeps, 'auth' | 'browserSessions'>

/** `POST /session`: signs a browser in. */
export function startSession(deps: SessionDeps): EndpointHandler<typeof endpoints.startSession, UserState> {
  return async (ctx, { body }) => {
    ctx.status = 201
    ctx.body = await signIn(ctx, body, deps)
  }
}

/** Begins a session with a secret of its own, whatever cookie the browser has sent, and gives the browser its cookie.
 *  @throws {HttpProblem} 401, 403, 429, 503 */
export async function signIn(
  ctx: Context,
  body: { email: string; password: string },
  { auth, browserSessions }: SessionDeps,
): Promise<StartedSession> {
  browserSessions.requireOwnPage(ctx)
  const replaced = browserSessions.cookie.read(ctx)
  const { token, user } = await openSession(
    ctx,
    { auth },
    { endpoint: endpoints.openBrowserSession, body, replaced },
  )
  if (replaced !== undefined) browserSessions.forget(replaced)
  browserSessions.cookie.set(ctx, token)
  return { user }
}

/** `GET /session`: who is signed in with the browser. */
export function getSession({
  browserSessions,
}: SessionDeps): EndpointHandler<typeof endpoints.getSession, UserState> {
  return async ctx => {
    ctx.set('Cache-Control', 'no-store')
    const token = browserSessions.tokenOf(ctx)
    const holder = token === undefined ? undefined : await browserSessions.look(ctx, token)
    if (token !== undefined && !holder) browserSessions.cookie.remove(ctx)
    ctx.body = { user: holder?.user ?? null } satisfies SessionState
  }
}

/** `DELETE /session`: signs the browser out. */
export function stopSession(deps: SessionDeps): EndpointHandler<typeof endpoints.stopSession, UserState> {
  return async ctx => {
    await signOut(ctx, deps)
    ctx.status = 204
  }
}

/** Ends the session of the browser, if it has one. Its cookie goes when auth has ended the session, and not before.
 *  @throws {HttpProblem} 403, 503 */
export async function signOut(ctx: Context, { auth, browserSessions }: SessionDeps): Promise<void> {
  browserSessions.requireOwnPage(ctx)
  const token = browserSessions.cookie.read(ctx)
  if (token !== undefined) {
    await endSession(ctx, token, auth)
    browserSessions.forget(token)
  }
  browserSessions.cookie.remove(ctx)
}

/** `POST /session/guest`: signs a browser in as a new guest, unless somebody is signed in already. */
export function startGuestSession(
  deps: SessionDeps,
): EndpointHandler<typeof endpoints.startGuestSession, UserState> {
  return async ctx => {
    const { user, isNew } = await beGuest(ctx, deps)
    ctx.set('Cache-Control', 'no-store')
    ctx.status = isNew ? 201 : 200
    ctx.body = { user } satisfies StartedSession
  }
}

/** Makes a guest of the user of a browser, unless he is signed in.
 *  @throws {HttpProblem} 403, 429, 503 */
export async function beGuest(
  ctx: Context,
  { auth, browserSessions }: SessionDeps,
): Promise<StartedSession & { isNew: boolean }> {
  browserSessions.requireOwnPage(ctx)
  const known = browserSessions.cookie.read(ctx)
  // A second tab, or a second click, makes no second guest.
  const holder = known === undefined ? undefined : await browserSessions.look(ctx, known)
  if (holder) return { user: holder.user, isNew: false }
  const { token, user, expiresAt } = await openSession(
    ctx,
    { auth },
    { endpoint: endpoints.openGuestSession },
  )
  browserSessions.cookie.set(ctx, token, new Date(expiresAt))
  return { user, isNew: true }
}
