import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { mailRetries } from './mail-retries.ts'
import { language } from './notices.ts'

/** What a mail about an account says. */
export const accountMailKind = z.enum([
  /** Confirm the address of a new account, by a link. */
  'verify-email',
  /** Somebody registered an address that has an account. */
  'already-registered',
  /** Choose a new password, by a link. */
  'password-reset',
  'password-changed',
  /** To the new address: confirm the change to it, by a link. */
  'email-change-confirm',
  /** To the old and to the new address: the change took effect. */
  'email-changed',
  'account-deleted',
  /** A new API key: it outlives the session that made it. */
  'api-key-created',
  /** A new webhook, or a new address of one: it outlives the session that made it, too. */
  'webhook-created',
  /** A webhook failed for days, or is gone, and gets nothing any more. */
  'webhook-disabled',
  /** A refresh token was used twice, and its session has ended. */
  'sessions-ended',
])
export type AccountMailKind = z.infer<typeof accountMailKind>

export const accountMailInput = z.object({
  /** Id of the mail, for `GET /internal/account-mails/:id`. */
  mailId: z.string(),
  /** Set by workers of earlier versions: how often the mail server may have taken the mail, and did not say so. */
  doubts: z.int().default(0),
})

/** Whether a mail was sent. */
export type AccountMailResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Sends one mail about an account. The job holds neither address nor link: the notifier asks auth for them. Its job id
 *  is that of auth's outbox row, so that a row that is published twice makes one job. */
export const accountMail = defineJob<
  z.input<typeof accountMailInput>,
  z.output<typeof accountMailInput>,
  AccountMailResult
>({
  name: 'account.mail',
  input: accountMailInput,
  ...mailRetries,
})

/** Answer of auth's `GET /internal/account-mails/:id`. */
export const accountMailContent = z.object({
  id: z.string(),
  kind: accountMailKind,
  /** Recipient's address. */
  to: z.string(),
  /** When it happened that the mail is about. */
  createdAt: z.iso.datetime(),
  /** Path and query of the mail's link, to be appended to PUBLIC_URL: `/verify-email?token=...`. It holds a secret: never
   *  log or store it. */
  linkPath: z.string().startsWith('/').optional(),
  linkExpiresAt: z.iso.datetime().optional(),
  /** Of `email-change-confirm` and `email-changed`. */
  oldEmail: z.string().optional(),
  newEmail: z.string().optional(),
  /** Of the mails about webhooks. */
  webhookUrl: z.string().optional(),
  /** @default en */
  language: language.optional(),
  /** Network address of the client whose request caused the mail, if known. */
  clientAddress: z.string().optional(),
})
export type AccountMailContent = z.infer<typeof accountMailContent>

/** `code` of the 404 of `GET /internal/account-mails/:id`: there is no such mail, or it was removed for its age. */
export const accountMailUnknown = 'account-mail-unknown'

/** `code` of the 410 of `GET /internal/account-mails/:id`: its link was used, replaced or has expired, or its account is
 *  gone. The mail must not be sent any more. */
export const accountMailObsolete = 'account-mail-obsolete'
