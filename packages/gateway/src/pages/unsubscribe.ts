import { userOfUnsubscribeToken } from '@jackalope/contracts'
import { notices } from '@jackalope/contracts/api'
import { unavailable } from '@jackalope/service-kit'
import type { Context, Middleware } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { readSmallBody } from '../http/read-small-body.ts'
import { html } from './html.ts'
import { linkIncomplete } from './refusals.ts'
import { sendPage, type WordedPage } from './send-page.ts'

export type UnsubscribeDeps = Pick<AppDeps, 'auth' | 'linkSecrets'>

/** `GET /unsubscribe?token=`: asks, and changes nothing. */
export function showUnsubscribe(deps: UnsubscribeDeps): Middleware {
  return async ctx => {
    const userId = userOf(ctx, deps)
    if (userId === undefined) sendPage(ctx, 400, linkIncomplete)
    else sendPage(ctx, 200, askPage(`${ctx.path}?${ctx.querystring}`))
  }
}

/** `POST /unsubscribe?token=`: the page's button, or the one click in a mail program (RFC 8058), which sends no cookie, follows no
 *  redirect, and shows nobody the answer. An account that is gone gets no mails either. */
export function unsubscribe(deps: UnsubscribeDeps): Middleware {
  return async ctx => {
    await readSmallBody(ctx.req)
    const userId = userOf(ctx, deps)
    if (userId === undefined) return sendPage(ctx, 400, linkIncomplete)
    const { method, path } = notices.setNotices
    const response = await deps.auth.sendAsService({
      method,
      path: path.replace('{id}', userId),
      body: Buffer.from(JSON.stringify({ notices: false })),
    })
    if (!response.ok && response.status !== 404)
      throw unavailable('The user service', { cause: new Error(`auth answered ${response.status}`) })
    sendPage(ctx, 200, donePage)
  }
}

function userOf(ctx: Context, { linkSecrets }: UnsubscribeDeps): string | undefined {
  const { token } = ctx.query
  return typeof token === 'string' ? userOfUnsubscribeToken(token, linkSecrets) : undefined
}

function askPage(action: string): WordedPage {
  return ({ unsubscribe: { title, text, button, hint } }) => ({
    title,
    content: html`<p>${text}</p>
<form method="post" action="${action}"><button type="submit">${button}</button></form>
<p class="hint">${hint}</p>`,
  })
}

const donePage: WordedPage = ({ unsubscribe: { doneTitle, done } }) => ({ title: doneTitle, content: done })
