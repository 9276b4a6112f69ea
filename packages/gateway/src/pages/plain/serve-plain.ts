import { signIn as credentials, type SessionHolder } from '@jackalope/contracts'
import { pages, users } from '@jackalope/contracts/api'
import { type EndpointHandler, type EndpointRouter, HttpProblem, problem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { Context, Middleware } from 'koa'
import { requireUser, type UserChecks, type UserState } from '../../access/require-user.ts'
import type { AppDeps } from '../../app-deps.ts'
import { findPage, type PageDeps } from '../../jobs/find-page.ts'
import { beGuest, type SessionDeps, signIn, signOut } from '../../session/sessions.ts'
import { FilledOptionTexts } from '../../upload/option-texts.ts'
import { type UploadDeps, uploadForm } from '../../upload/upload.ts'
import { readForm } from '../read-form.ts'
import { sendPage, type WordedPage } from '../send-page.ts'
import { jobsPage, signInPage } from './plain-pages.ts'

export type PlainDeps = SessionDeps &
  PageDeps &
  UploadDeps &
  UserChecks &
  Pick<AppDeps, 'accountServices' | 'listTurns'>

/** Jobs of a page. */
const pageSize = 20

/** Serves the pages for browsers without JavaScript. */
export function servePlain(router: EndpointRouter<UserState>, deps: PlainDeps): void {
  router.serve(pages.showPlain, showPlain(deps))
  router.pass(pages.plainSignIn, sendSignIn(deps))
  router.pass(pages.plainGuest, sendGuest(deps))
  router.pass(pages.plainSignOut, sendSignOut(deps))
  router.pass(pages.plainUpload, sendUpload(deps))
}

function showPlain(deps: PlainDeps): EndpointHandler<typeof pages.showPlain, UserState> {
  const { browserSessions, listTurns } = deps
  return async (ctx, { query: { before } }) => {
    const token = browserSessions.tokenOf(ctx)
    const holder = token === undefined ? undefined : await browserSessions.look(ctx, token)
    if (token !== undefined && !holder) browserSessions.cookie.remove(ctx)
    if (!holder) return send(ctx, 200, signInPage({ guests: await takesGuests(deps) }))
    const { user }: SessionHolder = holder
    const query = { limit: pageSize, before }
    const { jobs, next } = await listTurns.run(user.id, () => findPage(user.id, query, deps))
    send(ctx, 200, jobsPage({ user, jobs, next: next && pages.showPlain.path + olderThan(next) }))
  }
}

/** Query for the page after this one, as `GET /jobs` names it. */
function olderThan(next: string): string {
  return `?${new URLSearchParams({ before: new URL(next).searchParams.get('before') ?? '' })}`
}

function sendSignIn(deps: PlainDeps): Middleware {
  return async ctx => {
    deps.browserSessions.requireOwnPage(ctx)
    const form = await readForm(ctx)
    const body = credentials.safeParse({ email: form.get('email'), password: form.get('password') })
    try {
      if (!body.success)
        throw problem(users.credentialsWrong, { detail: 'Address or password is too long, or missing.' })
      await signIn(ctx, body.data, deps)
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.code !== users.credentialsWrong.code) throw error
      return await askToSignIn(ctx, 'wrong', deps)
    }
    toPlain(ctx)
  }
}

function sendGuest(deps: PlainDeps): Middleware {
  return async ctx => {
    await beGuest(ctx, deps)
    toPlain(ctx)
  }
}

function sendSignOut(deps: PlainDeps): Middleware {
  return async ctx => {
    await signOut(ctx, deps)
    toPlain(ctx)
  }
}

/** Refuses before the body is read. */
function sendUpload(deps: PlainDeps): Middleware {
  const identify = requireUser(deps, { scope: 'jobs:write' })
  return async ctx => {
    deps.browserSessions.requireOwnPage(ctx)
    if (!ctx.is('multipart/form-data'))
      throw problem(pages.formExpected, { detail: 'Programs send videos to POST /upload instead.' })
    try {
      await identify(ctx, async () => {})
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.status !== 401) throw error
      return await askToSignIn(ctx, 'signedOut', deps)
    }
    await uploadForm(ctx as unknown as RouterContext<UserState>, new FilledOptionTexts(), deps)
    toPlain(ctx)
  }
}

async function askToSignIn(ctx: Context, notice: 'wrong' | 'signedOut', deps: PlainDeps): Promise<void> {
  send(ctx, 401, signInPage({ guests: await takesGuests(deps), notice }))
  ctx.set('WWW-Authenticate', 'Bearer realm="jackalope"')
}

async function takesGuests({ accountServices }: PlainDeps): Promise<boolean> {
  return (await accountServices.get()).guests !== null
}

/** The address of these pages holds no secret, and without a referrer an old browser would send the origin `null`. */
function send(ctx: Context, status: number, page: WordedPage): void {
  sendPage(ctx, status, page)
  ctx.set('Referrer-Policy', 'same-origin')
}

/** Shows the page by GET, so that loading it again sends no form again. */
function toPlain(ctx: Context): void {
  // Koa would write `null` as JSON.
  ctx.remove('Content-Type')
  ctx.body = null
  ctx.status = 303
  ctx.set('Location', pages.showPlain.path)
  ctx.set('Cache-Control', 'no-store')
}
