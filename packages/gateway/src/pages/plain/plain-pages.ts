import { audioFormat, type JobView, maxPasswordLength, type SessionUser } from '@jackalope/contracts'
import { pages } from '@jackalope/contracts/api'
import { textOf } from '@jackalope/contracts/explanations'
import { type Html, html, list } from '../html.ts'
import type { PageLanguage } from '../page-language.ts'
import type { WordedPage } from '../send-page.ts'
import type { PageTexts } from '../texts/en.ts'

type PlainTexts = PageTexts['plain']

/** What somebody sees who is not signed in.
 *  @param notice - what has just gone wrong */
export function signInPage({
  guests,
  notice,
}: {
  guests: boolean
  notice?: 'wrong' | 'signedOut'
}): WordedPage {
  return ({ plain: texts }) => ({
    title: texts.title,
    content: html`${notice === undefined ? undefined : html`<p class="error" role="alert">${texts[notice]}</p>`}
${texts.lead}
<form method="post" action="${pages.plainSignIn.path}" accept-charset="utf-8">
<label for="email">${texts.email}</label>
<input type="email" id="email" name="email" autocomplete="username" required maxlength="254">
<label for="password">${texts.password}</label>
<input type="password" id="password" name="password" autocomplete="current-password" required maxlength="${maxPasswordLength}">
<button type="submit">${texts.signIn}</button>
</form>
${guests ? guestForm(texts) : undefined}`,
  })
}

function guestForm({ guest, guestHint }: PlainTexts): Html {
  return html`<form method="post" action="${pages.plainGuest.path}">
<button type="submit">${guest}</button>
<p class="hint">${guestHint}</p>
</form>`
}

/** What a user sees: a form to upload, and his jobs.
 *  @param next - path of the page with older jobs */
export function jobsPage({
  user,
  jobs,
  next,
}: {
  user: SessionUser
  jobs: JobView[]
  next?: string
}): WordedPage {
  return ({ plain: texts }, language) => ({
    title: texts.title,
    content: html`<form method="post" action="${pages.plainUpload.path}" enctype="multipart/form-data">
<label for="format">${texts.format}</label>
<select id="format" name="format">${list(audioFormat.options.map(name => html`<option>${name}</option>`))}</select>
<details><summary>${texts.more}</summary>
${list(fields.map(name => html`<label for="${name}">${texts[name].label}</label><input id="${name}" name="${name}" aria-describedby="${name}-hint"><p class="hint" id="${name}-hint">${texts[name].hint}</p>`))}
<label for="normalize">${texts.loudness}</label>
<select id="normalize" name="normalize"><option value="">${texts.asItIs}</option><option value="true">${texts.even}</option></select>
</details>
<label for="file">${texts.file}</label>
<input type="file" id="file" name="file" required>
<button type="submit">${texts.upload}</button>
</form>
<h2>${texts.files}</h2>
${jobs.length === 0 ? html`<p>${texts.none}</p>` : html`<ul>${list(jobs.map(job => jobItem(job, texts, language)))}</ul>`}
<p><a href="${pages.showPlain.path}">${texts.again}</a>${next === undefined ? undefined : html` · <a href="${next}">${texts.older}</a>`}</p>
<form method="post" action="${pages.plainSignOut.path}">
<button type="submit">${texts.signOut}</button>
<p class="hint">${user.email === undefined ? texts.asGuest : texts.as(user.email)}</p>
</form>`,
  })
}

/** Options that are left out when nothing is written. */
const fields = ['bitrate', 'start', 'end'] as const

function jobItem(job: JobView, texts: PlainTexts, language: PageLanguage): Html {
  return html`<li><strong>${job.fileName}</strong><br>${stateOf(job, texts, language)}</li>`
}

function stateOf(job: JobView, texts: PlainTexts, language: PageLanguage): Html {
  const { id, state, progress, error, explanation, result } = job
  if (state === 'active') return html`${texts.active(Math.round(progress))}`
  if (state === 'failed')
    return html`${texts.failed((explanation && textOf(explanation, language)) ?? error)}`
  if (state !== 'completed') return html`${texts.states[state]}`
  return html`${texts.completed} <a href="/jobs/${encodeURIComponent(id)}/audio">${texts.download(result?.fileName)}</a>`
}
