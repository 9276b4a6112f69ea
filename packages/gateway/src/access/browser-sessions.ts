import { type RequestUser, type SessionHolder, userOfSession } from '@jackalope/contracts'
import { tokenRefused } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { requireOwnPage } from './from-own-page.ts'
import { type AnswerAbout, createAnswerMemory } from './remember-answers.ts'
import type { SessionCookie } from './session-cookie.ts'

/** The sessions of browsers, as the gateway knows them. */
export interface BrowserSessions {
  cookie: SessionCookie
  /** Secret of the session that a request belongs to; `undefined` if it has none, or a token, which wins over it. It is in
   *  `ctx.state.sessionToken` too.
   *  @throws {HttpProblem} 403 if the request is not from a page of ours */
  tokenOf(ctx: Context): string | undefined
  /** @throws {HttpProblem} 403 if the request is not from a page of ours */
  requireOwnPage(ctx: Context): void
  /** Whom a request with this secret comes from.
   *  @throws {HttpProblem} 401 if the session has ended, 503 while auth does not answer */
  userOf(ctx: Context, token: string): Promise<RequestUser>
  /** Asks auth about a session, whatever is remembered; `undefined` if it has ended.
   *  @throws {HttpProblem} 503 */
  look(ctx: Context, token: string): Promise<SessionHolder | undefined>
  /** Asks auth at the next request of the session. */
  forget(token: string): void
}

export interface BrowserSessionsOptions {
  cookie: SessionCookie
  /** Address of the gateway as users reach it. */
  publicUrl: string
  /** Asks auth about a session, on behalf of a request. */
  ask(ctx: Context, token: string): Promise<AnswerAbout<SessionHolder> | undefined>
  /** How long a session is believed, in milliseconds: one that ends elsewhere is refused after so long. @default 10_000 */
  maxAgeMs?: number
}

export function createBrowserSessions(options: BrowserSessionsOptions): BrowserSessions {
  const { cookie, publicUrl, maxAgeMs = 10_000 } = options
  const { origin } = new URL(publicUrl)
  const memory = createAnswerMemory<SessionHolder, [Context]>({
    ask: (token, ctx) => options.ask(ctx, token),
    maxAgeMs,
    unknownMaxAgeMs: maxAgeMs,
  })
  return {
    cookie,
    requireOwnPage: ctx => requireOwnPage(ctx, origin),
    tokenOf(ctx) {
      // Also one that is malformed: what was meant as a token is not made up for by a cookie.
      if (/^bearer\b/i.test(ctx.get('Authorization'))) return undefined
      const token = cookie.read(ctx)
      if (token !== undefined) requireOwnPage(ctx, origin)
      ctx.state.sessionToken = token
      return token
    },
    async userOf(ctx, token) {
      const holder = await memory.find(token, ctx)
      if (!holder) throw tokenRefused('The session has ended', { advice: 'Sign in again.' })
      return userOfSession(holder)
    },
    look: (ctx, token) => memory.ask(token, ctx),
    forget: memory.forget,
  }
}
