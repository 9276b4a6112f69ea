import { audioFormat, type JobView, maxPasswordLength, type SessionUser } from '@jackalope/contracts'
import { pages } from '@jackalope/contracts/api'
import { type Html, html, list } from '../html.ts'
import type { Page } from '../send-page.ts'

/** What somebody sees who is not signed in.
 *  @param notice - what has just gone wrong */
export function signInPage({ guests, notice }: { guests: boolean; notice?: string | undefined }): Page {
  return {
    title: 'Turn a video into audio',
    content: html`${notice === undefined ? undefined : html`<p class="error" role="alert">${notice}</p>`}
<p>Sign in to upload a video. This page works without JavaScript; <a href="/">the other one</a> can do more.</p>
<form method="post" action="${pages.plainSignIn.path}" accept-charset="utf-8">
<label for="email">E-mail address</label>
<input type="email" id="email" name="email" autocomplete="username" required maxlength="254">
<label for="password">Password</label>
<input type="password" id="password" name="password" autocomplete="current-password" required maxlength="${maxPasswordLength}">
<button type="submit">Sign in</button>
</form>
${guests ? guestForm : undefined}`,
  }
}

const guestForm = html`<form method="post" action="${pages.plainGuest.path}">
<button type="submit">Try without an account</button>
<p class="hint">With small limits. Your files are removed after a while.</p>
</form>`

/** What a user sees: a form to upload, and his jobs.
 *  @param next - path of the page with older jobs */
export function jobsPage({ user, jobs, next }: { user: SessionUser; jobs: JobView[]; next?: string }): Page {
  return {
    title: 'Turn a video into audio',
    content: html`<form method="post" action="${pages.plainUpload.path}" enctype="multipart/form-data">
<label for="format">Format</label>
<select id="format" name="format">${list(audioFormat.options.map(name => html`<option>${name}</option>`))}</select>
<details><summary>More options</summary>
${list(fields.map(({ name, label, hint }) => html`<label for="${name}">${label}</label><input id="${name}" name="${name}" aria-describedby="${name}-hint"><p class="hint" id="${name}-hint">${hint}</p>`))}
<label for="normalize">Loudness</label>
<select id="normalize" name="normalize"><option value="">as it is</option><option value="true">even (EBU R128)</option></select>
</details>
<label for="file">Video</label>
<input type="file" id="file" name="file" required>
<button type="submit">Upload and convert</button>
</form>
<h2>Your files</h2>
${jobs.length === 0 ? html`<p>There are none yet.</p>` : html`<ul>${list(jobs.map(jobItem))}</ul>`}
<p><a href="${pages.showPlain.path}">Look again</a>${next === undefined ? undefined : html` · <a href="${next}">Older ones</a>`}</p>
<form method="post" action="${pages.plainSignOut.path}">
<button type="submit">Sign out</button>
<p class="hint">${user.email === undefined ? 'You are a guest: whoever signs out cannot come back to these files.' : `You are signed in as ${user.email}.`}</p>
</form>`,
  }
}

/** Options that are left out when nothing is written. */
const fields = [
  { name: 'bitrate', label: 'Bit rate', hint: 'In kbit/s, such as 192.' },
  { name: 'start', label: 'Start', hint: 'In seconds from the beginning.' },
  { name: 'end', label: 'End', hint: 'In seconds from the beginning.' },
]

function jobItem(job: JobView): Html {
  return html`<li><strong>${job.fileName}</strong><br>${stateOf(job)}</li>`
}

const states: Readonly<Record<JobView['state'], string>> = {
  waiting: 'Waits for its turn.',
  active: 'Is converted now',
  delayed: 'Is tried again soon.',
  completed: 'Is done.',
  failed: 'Could not be converted',
  canceled: 'Was canceled.',
  expired: 'Was removed, since its time was over.',
  unknown: 'Nothing is known of it at the moment.',
}

function stateOf({ id, state, progress, error, result }: JobView): Html {
  if (state === 'active') return html`${states.active}: ${Math.round(progress)} %.`
  if (state === 'failed') return html`${states.failed}: ${error ?? 'nobody knows why.'}`
  if (state !== 'completed') return html`${states[state]}`
  return html`${states.completed} <a href="/jobs/${encodeURIComponent(id)}/audio">Download ${result?.fileName ?? 'the audio'}</a>`
}
