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
  /** Whom it was sent to. */
  userId: z.string(),
  outcome: z.enum(['sent', 'doubtful']),
})
export type NoticeOutcome = z.infer<typeof noticeOutcome>

/** Id of a notice, as it can stand in a path. */
export const noticeId = z.string().regex(/^[\w.:-]{1,150}$/)
