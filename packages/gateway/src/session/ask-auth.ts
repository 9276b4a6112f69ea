import {
  type OpenedSession,
  openedSession,
  type SessionHolder,
  sessionHolder,
  sessionSecretUnknown,
  sessionTokenHeader,
} from '@jackalope/contracts'
import { browserSession, users } from '@jackalope/contracts/api'
import { unavailable } from '@jackalope/service-kit'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import type { Context } from 'koa'
import type { AnswerAbout } from '../access/remember-answers.ts'
import type { AuthClient } from '../auth/auth-client.ts'
import { readProblem } from '../auth/read-problem.ts'

/** Begins a session.
 *  @param endpoint - of auth
 *  @param body - e-mail address and password, unless it is a guest's
 *  @param replaced - secret of the session that the browser has had
 *  @throws {HttpProblem} what auth has answered; 503 */
export async function openSession(
  ctx: Context,
  { auth }: { auth: AuthClient },
  { endpoint, body, replaced }: { endpoint: Endpoint; body?: object; replaced?: string },
): Promise<OpenedSession> {
  const response = await send(ctx, auth, endpoint, body, replaced)
  if (response.status === 201) return openedSession.parse(await response.json())
  const problem = await readProblem(response)
  // An auth of an earlier version knows no such endpoint; a gateway is updated before it, or beside it.
  throw problem.status === 404 ? unavailable('The user service', { cause: problem }) : problem
}

/** Whom a session speaks for.
 *  @throws {HttpProblem} 503 */
export async function exchangeSession(
  ctx: Context,
  token: string,
  auth: AuthClient,
): Promise<AnswerAbout<SessionHolder> | undefined> {
  const response = await send(ctx, auth, browserSession.exchangeBrowserSession, { token })
  if (response.ok) {
    const value = sessionHolder.parse(await response.json())
    // lru-cache takes 0 for no limit.
    return { value, validMs: Math.max(1, Date.parse(value.expiresAt) - Date.now()) }
  }
  const problem = await readProblem(response)
  if (problem.code === sessionSecretUnknown) return undefined
  throw unavailable('The user service', { cause: problem })
}

/** Ends a session, if there is one.
 *  @throws {HttpProblem} 503 */
export async function endSession(ctx: Context, token: string, auth: AuthClient): Promise<void> {
  const response = await send(ctx, auth, browserSession.endBrowserSession, { token })
  if (!response.ok) throw unavailable('The user service', { cause: await readProblem(response) })
}

async function send(
  ctx: Context,
  auth: AuthClient,
  { method, path }: Endpoint,
  body?: object,
  sessionToken?: string,
): Promise<Response> {
  const response = await auth.sendAsService({
    method,
    path,
    headers: {
      'X-Client-Address': ctx.ip,
      'X-Request-Id': ctx.state.requestId,
      ...(ctx.get('User-Agent') && { 'User-Agent': ctx.get('User-Agent') }),
      ...(sessionToken !== undefined && { [sessionTokenHeader]: sessionToken }),
    },
    body: Buffer.from(body ? JSON.stringify(body) : ''),
  })
  const isRefused = response.status === 401 || response.status >= 500
  if (!isRefused) return response
  // The gateway itself was refused, or auth has failed: neither is the user's fault.
  const problem = await readProblem(response)
  if (problem.code === users.credentialsWrong.code || problem.code === users.busy.code) throw problem
  throw unavailable('The user service', { cause: problem })
}
