import type { HttpProblem } from '@jackalope/service-kit'
import { type Html, html } from './html.ts'
import type { LinkPage } from './link-pages.ts'
import type { Page } from './send-page.ts'

/** The page for a link that was not copied whole. */
export const linkIncomplete: Page = {
  title: 'This link is incomplete',
  content: html`<p>Open the link in the mail once more, or copy all of it: it may go over two lines.</p>`,
}

/** The page for a link that auth does not take. */
export function linkVoid({ whenVoid }: LinkPage): Page {
  return {
    title: 'This link does not work any more',
    content: html`<p>It was used before, or a newer one took its place, or it has expired.</p>
${whenVoid}`,
  }
}

export const addressTaken: Page = {
  title: 'Another account has this address',
  content: html`<p>Your account keeps the address that it has.</p>`,
}

const titles: Readonly<Record<number, string>> = {
  408: 'That took too long',
  413: 'That is too much',
  415: 'That is not the form of this page',
  429: 'Too many attempts',
  503: 'That does not work at the moment',
}

/** The page for any other problem. */
export function problemPage(problem: HttpProblem, requestId: string): Page {
  return {
    title: titles[problem.status] ?? 'That did not work',
    content: html`<p>${problem.detail ?? problem.title}</p>
${problem.status >= 500 ? reference(requestId) : undefined}`,
  }
}

function reference(requestId: string): Html {
  return html`<p class="hint">If it goes on, report it with this number: ${requestId}</p>`
}
