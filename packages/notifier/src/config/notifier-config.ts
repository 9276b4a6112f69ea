import { minLinkSecretBytes, minSecretBytes } from '@jackalope/contracts'
import {
  connectionUrl,
  connectionUrls,
  httpUrl,
  networks,
  secret,
  serviceVariables,
  textValue,
} from '@jackalope/service-kit'
import { z } from 'zod'
import { mailAddress, smtpUrl } from './mail-variables.ts'

const variables = z.object({
  ...serviceVariables,
  AMQP_URL: connectionUrls('amqp', 'amqps'),
  REDIS_URL: connectionUrl('redis', 'rediss'),
  AUTH_URL: httpUrl(),
  SERVICE_TOKEN: secret(minSecretBytes),
  /** The gateway's address as users see it, for the links in mails. */
  PUBLIC_URL: httpUrl(),
  /** Key of the links in mails; the gateway's. */
  LINK_SECRET: secret(minLinkSecretBytes),
  SMTP_URL: smtpUrl().optional(),
  /** Networks that users' webhooks may lead to besides the public internet, such as `10.0.0.0/8`; the same as auth's. Within
   *  them HTTP is allowed. @default none, and HTTPS only */
  WEBHOOK_ALLOWED_NETWORKS: networks().optional(),
  /** `off`: no mail is sent. */
  MAIL: textValue('off, or no value', text => {
    if (text !== 'off') throw new Error(`expected off, or no value, got ${JSON.stringify(text)}`)
    return text
  }).optional(),
  /** Sender of all mails. */
  MAIL_FROM: mailAddress().optional(),
})

/** What the notifier reads from its environment. Without SMTP_URL, `MAIL=off` is required: a forgotten SMTP_URL
 *  would go unnoticed until somebody misses a mail. */
export const notifierConfig = variables.superRefine(findMailFaults, { when: () => true })
export type NotifierConfig = Readonly<z.output<typeof notifierConfig>>

function findMailFaults(config: z.output<typeof variables>, context: z.RefinementCtx): void {
  const report = (variable: string, message: string) =>
    context.addIssue({ code: 'custom', path: [variable], message })
  if (config.SMTP_URL === undefined && config.MAIL === undefined)
    report('SMTP_URL', 'is not set; set it to the mail server, or MAIL=off to send no mail')
  if (config.SMTP_URL !== undefined && config.MAIL !== undefined)
    report('MAIL', 'is off although SMTP_URL names a mail server; remove one of the two')
  if (config.SMTP_URL !== undefined && config.MAIL_FROM === undefined)
    report(
      'MAIL_FROM',
      'is not set; expected the sender of the mails, such as Jackalope <noreply@example.com>',
    )
}
