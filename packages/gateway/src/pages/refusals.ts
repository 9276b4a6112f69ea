import type { HttpProblem } from '@jackalope/service-kit'
import { html } from './html.ts'
import type { LinkPage } from './link-pages.ts'
import type { WordedPage } from './send-page.ts'

/** The page for a link that was not copied whole. */
export const linkIncomplete: WordedPage = ({ incomplete: { title, text } }) => ({
  title,
  content: html`<p>${text}</p>`,
})

/** The page for a link that auth does not take. */
export function linkVoid({ name }: LinkPage): WordedPage {
  return texts => ({
    title: texts.void.title,
    content: html`<p>${texts.void.text}</p>
${texts[name].whenVoid}`,
  })
}

export const addressTaken: WordedPage = ({ taken: { title, text } }) => ({
  title,
  content: html`<p>${text}</p>`,
})

/** The page for any other problem. Its details are in English. */
export function problemPage(problem: HttpProblem, requestId: string): WordedPage {
  return ({ problems }) => ({
    title: problems.titles[problem.status] ?? problems.other,
    content: html`<p lang="en">${problem.detail ?? problem.title}</p>
${problem.status >= 500 ? html`<p class="hint">${problems.reference(requestId)}</p>` : undefined}`,
  })
}
