import { z } from 'zod'

/** Languages of mails. Each has a file of texts in the notifier. */
export const languages = ['en', 'de'] as const
export const language = z.enum(languages, `must be of ${languages.join(', ')}`)
export type Language = (typeof languages)[number]

/** Body of `PATCH /account`: what is left out stays. */
export const accountSettings = z.object({
  notices: z
    .boolean('must be true or false')
    .optional()
    .describe('Whether mails tell of the ends of jobs. Mails about the account itself always come.'),
  language: language.optional().describe('Language of mails.'),
})
export type AccountSettings = z.infer<typeof accountSettings>

/** Answer of auth's `GET /internal/notices/:id`: whether a mail was sent, as far as that is known. */
export const noticeState = z.object({
  sent: z.boolean(),
  /** How often the mail server may have taken the mail, and did not say so. */
  doubts: z.int(),
})
export type NoticeState = z.infer<typeof noticeState>

/** Body of auth's `PUT /internal/notices/:id`. */
export const noticeOutcome = z.object({
  /** Whom it was sent to. Of a mail about an account, auth knows it. */
  userId: z.string().optional(),
  outcome: z.enum(['sent', 'doubtful']),
})
export type NoticeOutcome = z.infer<typeof noticeOutcome>

const accountPrefix = 'account:'

/** Id of the notice of a mail about an account. */
export function accountNotice(mailId: string): string {
  return accountPrefix + mailId
}

/** Id of the mail about an account that a notice is of; `undefined` of other notices. */
export function mailOfNotice(id: string): string | undefined {
  return id.startsWith(accountPrefix) ? id.slice(accountPrefix.length) : undefined
}

/** Id of a notice, as it can stand in a path. */
export const noticeId = z.string().regex(/^[\w.:-]{1,150}$/)
