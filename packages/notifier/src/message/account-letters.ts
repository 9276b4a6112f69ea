import type { AccountMailContent, AccountMailKind } from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'
import { displayAddress, displayTime } from './display-values.ts'
import { type Block, facts, type Letter, link, paragraph } from './letter.ts'

/** What auth tells about a mail, with its link as users open it. */
export interface AccountNews extends Omit<AccountMailContent, 'linkPath'> {
  /** Absolute. */
  url: string | undefined
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
}

/** The part of a letter that differs between kinds. The title is the mail's subject, too: it holds no text that anybody has
 *  chosen, since the address may not be confirmed. */
type AccountLetter = Omit<Letter, 'footer'>

/** The letters about accounts, by kind. */
export const accountLetters: Record<AccountMailKind, (news: AccountNews) => AccountLetter> = {
  'verify-email': news => ({
    title: 'Confirm your e-mail address',
    blocks: [
      paragraph(
        `somebody, probably you, has registered this address at ${news.publicUrl}. Please confirm it:`,
      ),
      ...linkOf(news),
      paragraph('If it was not you, do nothing: without the confirmation you get no other mail.'),
    ],
  }),
  'already-registered': news => ({
    title: 'You have an account already',
    blocks: [
      paragraph(
        `somebody, probably you, wanted to register this address at ${news.publicUrl}. It has an account already, which was not changed.`,
      ),
      paragraph('If you have forgotten the password, ask for a new one. If it was not you, do nothing.'),
    ],
  }),
  'password-reset': news => ({
    title: 'Choose a new password',
    blocks: [
      paragraph(
        `somebody, probably you, has asked for a new password at ${news.publicUrl}. Choose it on this page:`,
      ),
      ...linkOf(news),
      paragraph('If it was not you, do nothing: your password stays as it is.'),
      ...circumstances(news),
    ],
  }),
  'password-changed': news => ({
    title: 'Your password was changed',
    blocks: [
      paragraph(`the password of your account at ${news.publicUrl} was changed.`),
      paragraph('If it was not you, choose a new password now, and look at the list of your sessions.'),
      ...circumstances(news),
    ],
  }),
  'email-change-confirm': news => ({
    title: 'Confirm your new e-mail address',
    blocks: [
      paragraph(
        `somebody, probably you, wants to use this address for an account at ${news.publicUrl}. Please confirm it:`,
      ),
      ...linkOf(news),
      paragraph('If it was not you, do nothing: the account keeps its address.'),
    ],
  }),
  'email-changed': news => ({
    title: 'Your e-mail address was changed',
    blocks: [
      paragraph(`your account at ${news.publicUrl} has another e-mail address now:`),
      facts(displayAddress(news.newEmail)),
      paragraph(`Before, it was ${displayAddress(news.oldEmail)}.`),
      paragraph(
        news.to === news.newEmail
          ? 'From now on you log in with it, and mails come to it.'
          : 'If it was not you, somebody else has your password. Tell those who run the service at once.',
      ),
      ...circumstances(news),
    ],
  }),
  'account-deleted': news => ({
    title: 'Your account was deleted',
    blocks: [
      paragraph(`your account at ${news.publicUrl} was deleted, with all its files.`),
      paragraph(
        'If it was not you, somebody else had your password: change it wherever else you have used it.',
      ),
      ...circumstances(news),
    ],
  }),
  'api-key-created': news => ({
    title: 'Your account has a new API key',
    blocks: [
      paragraph(
        `an API key was made for your account at ${news.publicUrl}. Whoever has it can use your account until it is revoked.`,
      ),
      paragraph('If it was not you, revoke it, and choose a new password.'),
      ...circumstances(news),
    ],
  }),
  'webhook-created': news => ({
    title: 'Your account has a new webhook',
    blocks: [
      paragraph(
        `an endpoint was registered for your account at ${news.publicUrl}. It is told of the ends of your jobs:`,
      ),
      facts(displayAddress(news.webhookUrl)),
      paragraph('If it was not you, delete it, and choose a new password.'),
      ...circumstances(news),
    ],
  }),
  'webhook-disabled': news => ({
    title: 'Your webhook was disabled',
    blocks: [
      paragraph(`an endpoint of your account at ${news.publicUrl} has failed for long, or is gone:`),
      facts(displayAddress(news.webhookUrl)),
      paragraph('It gets nothing any more. When it works again, enable it, and replay what it has missed.'),
      ...circumstances(news),
    ],
  }),
  'sessions-ended': news => ({
    title: 'You were logged out',
    blocks: [
      paragraph(
        `a session of your account at ${news.publicUrl} was ended: its refresh token was used twice, as happens when somebody has stolen it. Log in again.`,
      ),
      paragraph('If you do not know how that came about, change your password.'),
      ...circumstances(news),
    ],
  }),
}

function linkOf({ url, linkExpiresAt, kind }: AccountNews): Block[] {
  if (url === undefined)
    throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth gave no link for a mail ${kind}`)
  const until = linkExpiresAt && ` and until ${displayTime(new Date(linkExpiresAt))}`
  return [link(url), paragraph(`The link works once${until ?? ''}.`)]
}

/** When and from where: whoever gets the mail may remember, or not. */
function circumstances({ createdAt, clientAddress }: AccountNews): Block[] {
  const from = clientAddress && /^[\da-f.:]{2,45}$/i.test(clientAddress) ? `, from ${clientAddress}` : ''
  return [paragraph(`It happened on ${displayTime(new Date(createdAt))}${from}.`)]
}
