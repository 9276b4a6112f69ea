import { maxPasswordLength, minPasswordLength } from '@jackalope/contracts'
import { accounts, pages } from '@jackalope/contracts/api'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import { type Html, html } from './html.ts'
import type { Page } from './send-page.ts'

/** A page that a link in a mail opens. Its button sends a form, which alone changes anything: programs that look for harmful
 *  links open every link in a mail. */
export interface LinkPage {
  show: Endpoint
  send: Endpoint
  /** Path of auth's endpoint that takes the token. */
  authPath: string
  /** Whether the form has a field for a password. */
  hasPassword: boolean
  /** @param error - what is wrong with the password that was sent */
  ask(token: string, error?: string): Page
  done: Page
  /** What to do when the link does not work any more. */
  whenVoid: Html
}

export const linkPages: readonly LinkPage[] = [
  {
    show: pages.showVerifyEmail,
    send: pages.sendVerifyEmail,
    authPath: accounts.verifyEmail.path,
    hasPassword: false,
    ask: token => ({
      title: 'Confirm your e-mail address',
      content: html`<p>Press the button to confirm that this address is yours.</p>
${form(pages.sendVerifyEmail, token, 'Confirm the address')}
<p class="hint">If you did not register here, close this page: nothing has happened.</p>`,
    }),
    done: {
      title: 'Your e-mail address is confirmed',
      content: html`<p><a href="/">Go on to the start</a>. Programs that you use with this account learn of it when you log in with them
again.</p>`,
    },
    whenVoid: html`<p>If your address is not confirmed yet, <a href="/settings">ask for another mail</a> in the settings.</p>`,
  },
  {
    show: pages.showConfirmEmail,
    send: pages.sendConfirmEmail,
    authPath: accounts.confirmEmail.path,
    hasPassword: false,
    ask: token => ({
      title: 'Confirm your new e-mail address',
      content: html`<p>Press the button to confirm that this address is yours. Your account uses it from then on.</p>
${form(pages.sendConfirmEmail, token, 'Use this address')}
<p class="hint">If you have no account here, close this page: nothing has happened.</p>`,
    }),
    done: {
      title: 'Your e-mail address is changed',
      content: html`<p>From now on you <a href="/sign-in">sign in</a> with the new address.</p>`,
    },
    whenVoid: html`<p>If your account still has its old address, change it once more <a href="/settings">in the settings</a>: you get
another mail.</p>`,
  },
  {
    show: pages.showResetPassword,
    send: pages.sendResetPassword,
    authPath: accounts.resetPassword.path,
    hasPassword: true,
    ask: (token, error) => ({
      title: 'Choose a new password',
      content: html`<p>You will be logged out everywhere, and your API keys will no longer work.</p>
${form(pages.sendResetPassword, token, 'Change the password', passwordField(error))}`,
    }),
    done: {
      title: 'Your password is changed',
      content: html`<p><a href="/sign-in">Sign in</a> with the new password; if you use API keys, make new ones.</p>`,
    },
    whenVoid: html`<p><a href="/forgot-password">Ask for a new password</a> once more: you get another mail.</p>`,
  },
]

function form({ path }: Endpoint, token: string, button: string, fields?: Html): Html {
  return html`<form method="post" action="${path}" accept-charset="utf-8">
<input type="hidden" name="token" value="${token}">
${fields}
<button type="submit">${button}</button>
</form>`
}

/** One field: whoever mistypes asks for another mail. Rules after NIST SP 800-63B, section 3.1.1.2. */
function passwordField(error: string | undefined): Html {
  const invalid = error === undefined ? undefined : html` aria-invalid="true"`
  const message =
    error === undefined ? undefined : html`<p class="error" id="error" role="alert">${error}</p>`
  return html`<label for="password">New password</label>
${message}
<input type="password" id="password" name="password" autocomplete="new-password" required minlength="${minPasswordLength}" maxlength="${maxPasswordLength}"
 autofocus aria-describedby="${error === undefined ? 'rules' : 'error rules'}"${invalid}>
<p class="hint" id="rules">At least ${minPasswordLength} characters, the more the better: several words are easy to remember. Spaces and all
scripts are welcome. Passwords that many people use, or that were leaked, are refused.</p>`
}
