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

/** The page for any other problem. The details of rare ones are in English.
 *  @param back - address of the page that the reader comes from, if it is known */
export function problemPage(problem: HttpProblem, requestId: string, back?: string): WordedPage {
  return ({ problems }) => {
    const words = problems.byCode.get(problem.code ?? '')
    return {
      title: problems.titles[problem.status] ?? problems.other,
      content: html`${words === undefined ? html`<p lang="en">${problem.detail ?? problem.title}</p>` : html`<p>${words}</p>`}
${back === undefined ? undefined : html`<p><a href="${back}">${problems.back}</a></p>`}
${problem.status >= 500 ? html`<p class="hint">${problems.reference(requestId)}</p>` : undefined}`,
    }
  }
}
