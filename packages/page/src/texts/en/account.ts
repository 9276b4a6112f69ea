/** Signing up and in, and the way back for a forgotten password. */
export const account = {
  email: 'E-mail address',
  password: 'Password',
  signIn: {
    title: 'Sign in',
    submit: 'Sign in',
    busy: 'Signing in …',
    needed: 'Sign in first, and you come back to where you were.',
    forgot: 'Forgot your password?',
    noAccount: 'No account yet?',
    signUp: 'Sign up',
    or: 'or',
    guest: 'Try without an account',
    /** @param size - such as "100 MB"; @param kept - such as "1 hour" */
    guestHint: (size: string, kept: string) =>
      `For files up to ${size}. Everything is removed after ${kept}.`,
  },
  signUp: {
    title: 'Sign up',
    /** @param least - fewest characters */
    passwordHint: (least: number) =>
      `At least ${least} characters, the more the better. Several words are easy to remember; there are no rules of which characters.`,
    submit: 'Create account',
    busy: 'Creating the account …',
    haveAccount: 'You have an account?',
    signIn: 'Sign in',
    off: 'This installation does not take new accounts. Ask whoever runs it for one.',
    guestKeeps: 'Your files so far come along into the account.',
  },
  wait: {
    title: 'Look into your mail',
    /** @param email - where the mail went */
    sent: (email: string) =>
      `We have sent a mail to ${email}. Open its link to confirm that the address is yours; it is good for a day.`,
    maybe:
      'If no mail comes within some minutes: look for it among the spam, or you have an account with this address already. Then sign in, or ask for a new password.',
    watching: 'This page notices by itself when you have confirmed the address.',
    goOn: 'You can begin at once: until then you have a few uploads a day.',
    start: 'Convert files',
    resend: 'Send the mail again',
    resent: 'The mail is on its way again, unless the address has had several within the last hour.',
    otherAddress: 'It is the wrong address',
    newEmail: 'Right e-mail address',
    change: 'Use this address',
    /** @param email - the address that is to be confirmed now */
    changed: (email: string) =>
      `We have sent a mail to ${email}. Open its link, and the account has this address.`,
    signIn: 'Sign in',
    done: 'Your e-mail address is confirmed.',
  },
  forgot: {
    title: 'Forgot your password?',
    intro: 'Tell us the e-mail address of your account. We send a link with which you choose a new password.',
    submit: 'Send the link',
    busy: 'Sending …',
    sentTitle: 'Look into your mail',
    sent: (email: string) =>
      `If ${email} has an account, a mail with a link is on its way. It is good for an hour, and works once.`,
    warning: 'With the new password you are signed out everywhere, and API keys stop working.',
    again: 'Use another address',
    back: 'Back to sign in',
    off: 'This installation sends no mail, so there is no link for a new password. Ask whoever runs it.',
  },
}

/** Shown in place of views that need more than the reader is. */
export const needs = {
  guestTitle: 'You are trying without an account',
  guestText: 'This is for accounts. Sign up to keep your files for longer, and to upload larger ones.',
  signUp: 'Sign up',
  adminTitle: 'This is for those who run the service',
  adminText: 'Your account is not an administrator’s, so there is nothing to see here.',
  home: 'To the start',
}
