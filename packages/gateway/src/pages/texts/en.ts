import { html } from '../html.ts'

/** Texts of the pages in English. Their type binds the other languages. */
export const en = {
  verify: {
    title: 'Confirm your e-mail address',
    lead: 'Press the button to confirm that this address is yours.',
    button: 'Confirm the address',
    hint: 'If you did not register here, close this page: nothing has happened.',
    doneTitle: 'Your e-mail address is confirmed',
    done: html`<p><a href="/">Go on to the start</a>. If a page of ours is still open, it notices by itself.</p>`,
    whenVoid: html`<p>If your address is not confirmed yet, <a href="/settings">ask for another mail</a> in the settings.</p>`,
  },
  confirm: {
    title: 'Confirm your new e-mail address',
    lead: 'Press the button to confirm that this address is yours. Your account uses it from then on.',
    button: 'Use this address',
    hint: 'If you have no account here, close this page: nothing has happened.',
    doneTitle: 'Your e-mail address is changed',
    done: html`<p>From now on you <a href="/sign-in">sign in</a> with the new address.</p>`,
    whenVoid: html`<p>If your account still has its old address, change it once more <a href="/settings">in the settings</a>: you get
another mail.</p>`,
  },
  reset: {
    title: 'Choose a new password',
    lead: 'You will be signed out everywhere, and your API keys will no longer work.',
    button: 'Change the password',
    hint: undefined as string | undefined,
    doneTitle: 'Your password is changed',
    done: html`<p><a href="/sign-in">Sign in</a> with the new password; if you use API keys, make new ones.</p>`,
    whenVoid: html`<p><a href="/forgot-password">Ask for a new password</a> once more: you get another mail.</p>`,
  },
  password: {
    label: 'New password',
    rules: (least: number) =>
      `At least ${least} characters, the more the better: several words are easy to remember. Spaces and all scripts are welcome. Passwords that many people use, or that were leaked, are refused.`,
    /** @param detail - what auth says of it, such as "must have at least 10 characters" */
    refused: (detail: string) => `The password ${detail}${detail.endsWith('.') ? '' : '.'}`,
  },
  incomplete: {
    title: 'This link is incomplete',
    text: 'Open the link in the mail once more, or copy all of it: it may go over two lines.',
  },
  void: {
    title: 'This link does not work any more',
    text: 'It was used before, or a newer one took its place, or it has expired.',
  },
  taken: {
    title: 'Another account has this address',
    text: 'Your account keeps the address that it has.',
  },
  problems: {
    titles: {
      408: 'That took too long',
      413: 'That is too much',
      415: 'That is not the form of this page',
      429: 'Too many attempts',
      503: 'That does not work at the moment',
    } as Readonly<Record<number, string>>,
    other: 'That did not work',
    /** In place of the detail, which is in English. */
    byCode: new Map() as ReadonlyMap<string, string>,
    back: 'Back',
    reference: (requestId: string) => `If it goes on, report it with this number: ${requestId}`,
  },
  unsubscribe: {
    title: 'No more mails about jobs?',
    text: 'Press the button, and no mail tells you any more that a job is done or has failed.',
    button: 'Send no more',
    hint: 'Mails about the account itself, such as those about its password, come all the same.',
    doneTitle: 'You get no more mails about jobs',
    done: html`<p>You can close this page. If you want them again, switch them on <a href="/settings">in the settings</a>.</p>`,
  },
  plain: {
    title: 'Turn a video into audio',
    lead: html`<p>Sign in to upload a video. This page works without JavaScript; <a href="/">the other one</a> can do more.</p>`,
    email: 'E-mail address',
    password: 'Password',
    signIn: 'Sign in',
    wrong: 'E-mail address or password is wrong.',
    signedOut: 'You are not signed in any more. Sign in, and send the file again.',
    guest: 'Try without an account',
    guestHint: 'With small limits. Your files are removed after a while.',
    format: 'Format',
    more: 'More options',
    bitrate: { label: 'Bit rate', hint: 'In kbit/s, such as 192.' },
    start: { label: 'Start', hint: 'In seconds from the beginning.' },
    end: { label: 'End', hint: 'In seconds from the beginning.' },
    loudness: 'Loudness',
    asItIs: 'as it is',
    even: 'even (EBU R128)',
    file: 'Video',
    upload: 'Upload and convert',
    files: 'Your files',
    none: 'There are none yet.',
    again: 'Look again',
    older: 'Older ones',
    signOut: 'Sign out',
    asGuest: 'You are a guest: whoever signs out cannot come back to these files.',
    as: (email: string) => `You are signed in as ${email}.`,
    states: {
      waiting: 'Waits for its turn.',
      delayed: 'Is tried again soon.',
      canceled: 'Was canceled.',
      expired: 'Was removed, since its time was over.',
      unknown: 'Nothing is known of it at the moment.',
    },
    active: (percent: number) => `Is converted now: ${percent} %.`,
    failed: (reason: string | undefined) => `Could not be converted: ${reason ?? 'nobody knows why.'}`,
    completed: 'Is done.',
    download: (name: string | undefined) => `Download ${name ?? 'the audio'}`,
  },
}
export type PageTexts = typeof en
