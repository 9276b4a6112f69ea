import { defineEndpoint, defineProblem, serviceUnavailable } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import { accountMailContent, accountMailObsolete, accountMailUnknown } from '../account-mail.ts'
import {
  accountExport,
  accountRecords,
  accountView,
  auditList,
  currentPassword,
  emailAddress,
  newPassword,
  oneTimeToken,
} from '../accounts.ts'
import { accountSettings } from '../notices.ts'
import { tooManyDownloads } from './files.ts'
import { pageQuery } from './page-query.ts'
import { busy, emailTaken, tooManyAttempts } from './users.ts'

export const passwordWrong = defineProblem({
  code: 'password-wrong',
  status: 403,
  meaning: 'The current password is wrong.',
})
export const oneTimeTokenInvalid = defineProblem({
  code: 'one-time-token-invalid',
  status: 400,
  meaning: 'The link was used, has expired, or is none of ours. Ask for a new one.',
})
export const emailVerifiedAlready = defineProblem({
  code: 'email-verified-already',
  status: 409,
  meaning: 'The e-mail address is verified.',
})
export const mailOff = defineProblem({
  code: 'mail-off',
  status: 409,
  meaning: 'This installation sends no mail, so it cannot do this.',
})
export const mailUnknown = defineProblem({
  code: accountMailUnknown,
  status: 404,
  meaning: 'There is no such mail, or it was removed for its age.',
})
export const mailObsolete = defineProblem({
  code: accountMailObsolete,
  status: 410,
  meaning: 'The link of the mail was used or has expired, or its account is gone. Do not send it.',
})

const ownAccount = { tag: 'Accounts', access: { scope: 'account' } } as const
const byLink = { tag: 'Accounts', access: 'public', rateClass: 'credentials' } as const
const byPassword = [passwordWrong, tooManyAttempts, busy, serviceUnavailable]

export const getAccount = defineEndpoint({
  ...ownAccount,
  id: 'getAccount',
  method: 'GET',
  path: '/account',
  summary: 'The own account',
  answers: { 200: { description: 'The account', body: accountView } },
})

export const changeAccount = defineEndpoint({
  ...ownAccount,
  id: 'changeAccount',
  method: 'PATCH',
  path: '/account',
  summary: 'Changes which mails come, and in which language',
  body: accountSettings,
  answers: { 200: { description: 'The account', body: accountView } },
})

export const deleteAccount = defineEndpoint({
  ...ownAccount,
  id: 'deleteAccount',
  method: 'DELETE',
  path: '/account',
  summary: 'Deletes the own account with all jobs and files',
  description: 'It takes effect at once, and cannot be undone. Jobs and files are removed within minutes.',
  body: z.object({ password: currentPassword }),
  answers: { 204: { description: 'The account is deleted' } },
  problems: byPassword,
  rateClass: 'credentials',
})

export const exportAccount = defineEndpoint({
  ...ownAccount,
  id: 'exportAccount',
  method: 'GET',
  path: '/account/export',
  summary: 'All that is known about the own account, as one JSON document',
  description:
    'It counts as a download. Audio files are not in it: `GET /download` gives each by the `audioId` of its job.',
  answers: {
    200: {
      description:
        'Account, sessions, API keys without the keys themselves, the audit log, and all jobs with their files',
      body: accountExport,
      headers: { 'Content-Disposition': 'Name for the file (RFC 6266).' },
    },
  },
  problems: [tooManyDownloads],
})

export const exportAccountRecords = defineEndpoint({
  id: 'exportAccountRecords',
  method: 'GET',
  path: '/internal/account-export',
  tag: 'Internal',
  summary: "What auth knows about a user, for the gateway, which adds the user's jobs",
  access: { scope: 'account' },
  answers: {
    200: {
      description: 'Account, sessions, API keys without the keys themselves, and the audit log',
      body: accountRecords,
    },
  },
})

export const changePassword = defineEndpoint({
  ...ownAccount,
  id: 'changePassword',
  method: 'POST',
  path: '/account/password',
  summary: 'Changes the password',
  description: 'All other sessions end. API keys stay.',
  body: z.object({ current_password: currentPassword, new_password: newPassword }),
  takesIdempotencyKey: true,
  answers: { 204: { description: 'The password is changed' } },
  problems: byPassword,
  rateClass: 'credentials',
})

export const changeEmail = defineEndpoint({
  ...ownAccount,
  id: 'changeEmail',
  method: 'POST',
  path: '/account/email',
  summary: 'Changes the e-mail address',
  description:
    'The new address gets a mail with a link, which is good for a day; the account keeps its old address until then. ' +
    'The answer does not tell whether another account has the address. An installation that sends no mail changes it at once.',
  body: z.object({ password: currentPassword, email: emailAddress }),
  takesIdempotencyKey: true,
  answers: {
    202: { description: 'The new address is to be confirmed, by the link in a mail' },
    204: { description: 'The address is changed: this installation sends no mail' },
  },
  problems: [...byPassword, emailTaken],
  rateClass: 'credentials',
})

export const confirmEmail = defineEndpoint({
  ...byLink,
  id: 'confirmEmail',
  method: 'POST',
  path: '/account/email/confirm',
  summary: 'Confirms a new e-mail address',
  body: z.object({ token: oneTimeToken }),
  answers: { 204: { description: 'The account has its new address' } },
  problems: [oneTimeTokenInvalid, emailTaken],
})

export const verifyEmail = defineEndpoint({
  ...byLink,
  id: 'verifyEmail',
  method: 'POST',
  path: '/verify-email',
  summary: 'Confirms the e-mail address of a new account',
  description: 'Access tokens that were issued before do not know it yet: refresh them.',
  body: z.object({ token: oneTimeToken }),
  answers: { 204: { description: 'The address is verified' } },
  problems: [oneTimeTokenInvalid],
})

export const resendVerification = defineEndpoint({
  ...ownAccount,
  id: 'resendVerification',
  method: 'POST',
  path: '/verify-email/resend',
  summary: 'Sends the mail with the link once more',
  description: 'Not when the address has got many mails already: three in an hour, or ten in a day.',
  takesIdempotencyKey: true,
  answers: { 202: { description: 'The mail is on its way, unless the address has got many' } },
  problems: [emailVerifiedAlready],
  rateClass: 'credentials',
})

export const requestPasswordReset = defineEndpoint({
  ...byLink,
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/password-reset',
  summary: 'Sends a link with which a new password can be chosen',
  description: 'The answer is the same for addresses that have no account. The link is good for an hour.',
  body: z.object({ email: emailAddress }),
  takesIdempotencyKey: true,
  answers: { 202: { description: 'If the address has an account, the mail is on its way' } },
  problems: [mailOff],
})

export const resetPassword = defineEndpoint({
  ...byLink,
  id: 'resetPassword',
  method: 'POST',
  path: '/password-reset/confirm',
  summary: 'Sets a new password',
  description:
    'All sessions end, and all API keys are revoked: they may be of whoever knew the old password. ' +
    'The address counts as verified.',
  body: z.object({ token: oneTimeToken, password: newPassword }),
  answers: { 204: { description: 'The password is changed. Log in with it.' } },
  problems: [oneTimeTokenInvalid, busy, serviceUnavailable],
})

export const listAudit = defineEndpoint({
  ...ownAccount,
  id: 'listAudit',
  method: 'GET',
  path: '/account/audit',
  summary: 'What was done to the own account, newest first',
  query: z.object(pageQuery),
  answers: { 200: { description: 'One page', body: auditList } },
})

export const getAccountMail = defineEndpoint({
  id: 'getAccountMail',
  method: 'GET',
  path: '/internal/account-mails/{id}',
  tag: 'Internal',
  summary: 'What a mail about an account says, for the service that sends it',
  access: 'service',
  params: z.object({ id: z.uuid() }),
  answers: { 200: { description: 'The mail', body: accountMailContent } },
  problems: [mailUnknown, mailObsolete],
})
