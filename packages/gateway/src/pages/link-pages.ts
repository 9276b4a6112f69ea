import { maxPasswordLength, minPasswordLength } from '@jackalope/contracts'
import { accounts, pages } from '@jackalope/contracts/api'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import { type Html, html } from './html.ts'
import type { WordedPage } from './send-page.ts'
import type { PageTexts } from './texts/en.ts'

/** A page that a link in a mail opens. Its button sends a form, which alone changes anything: programs that look for harmful
 *  links open every link in a mail. */
export interface LinkPage {
  show: Endpoint
  send: Endpoint
  /** Path of auth's endpoint that takes the token. */
  authPath: string
  /** Whether the form has a field for a password. */
  hasPassword: boolean
  /** Its texts. */
  name: 'verify' | 'confirm' | 'reset'
}

export const linkPages: readonly LinkPage[] = [
  {
    show: pages.showVerifyEmail,
    send: pages.sendVerifyEmail,
    authPath: accounts.verifyEmail.path,
    hasPassword: false,
    name: 'verify',
  },
  {
    show: pages.showConfirmEmail,
    send: pages.sendConfirmEmail,
    authPath: accounts.confirmEmail.path,
    hasPassword: false,
    name: 'confirm',
  },
  {
    show: pages.showResetPassword,
    send: pages.sendResetPassword,
    authPath: accounts.resetPassword.path,
    hasPassword: true,
    name: 'reset',
  },
]

/** The page with its form.
 *  @param refusal - what auth says of the password that was sent */
export function askPage({ send, hasPassword, name }: LinkPage, token: string, refusal?: string): WordedPage {
  return texts => {
    const { title, lead, button, hint } = texts[name]
    return {
      title,
      content: html`<p>${lead}</p>
<form method="post" action="${send.path}" accept-charset="utf-8">
<input type="hidden" name="token" value="${token}">
${hasPassword ? passwordField(texts.password, refusal) : undefined}
<button type="submit">${button}</button>
</form>
${hint === undefined ? undefined : html`<p class="hint">${hint}</p>`}`,
    }
  }
}

/** The page once it is done. */
export function donePage({ name }: LinkPage): WordedPage {
  return texts => ({ title: texts[name].doneTitle, content: texts[name].done })
}

/** One field: whoever mistypes asks for another mail. Rules after NIST SP 800-63B, section 3.1.1.2. */
function passwordField({ label, rules, refused }: PageTexts['password'], refusal: string | undefined): Html {
  const isRefused = refusal !== undefined
  const message = isRefused && html`<p class="error" id="error" role="alert">${refused(refusal)}</p>`
  return html`<label for="password">${label}</label>
${message || undefined}
<input type="password" id="password" name="password" autocomplete="new-password" required minlength="${minPasswordLength}" maxlength="${maxPasswordLength}"
 autofocus aria-describedby="${isRefused ? 'error rules' : 'rules'}"${isRefused ? html` aria-invalid="true"` : undefined}>
<p class="hint" id="rules">${rules(minPasswordLength)}</p>`
}
