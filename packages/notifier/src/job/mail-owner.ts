import type { Logger } from 'pino'
import type { OutgoingMail } from '../mail/outgoing-mail.ts'
import type { Mailer } from '../mail/smtp-mailer.ts'
import type { FindRecipient, Recipient } from './find-recipient.ts'

export interface MailOwnerDeps {
  findRecipient: FindRecipient
  mailer: Mailer
  logger: Logger
}

/** A mail about a conversion. */
export interface OwnerMail {
  ownerId: string
  /** Id of the conversion. */
  jobId: string
  /** Unique among the owner's. */
  name: string
  write(recipient: Extract<Recipient, { to: string }>): OutgoingMail
}

export type MailOutcome = { sent: true; messageId: string } | { sent: false; reason: string }

/** Sends a mail about a conversion to its owner, or says why nobody gets it.
 *  @throws {NotifierError} as `UserDirectory.find` and `Mailer.send` */
export async function mailOwner(
  { findRecipient, mailer, logger }: MailOwnerDeps,
  { ownerId, jobId, name, write }: OwnerMail,
  signal: AbortSignal,
): Promise<MailOutcome> {
  const recipient = await findRecipient(ownerId, name, signal)
  if ('reason' in recipient) {
    logger.info({ conversionJobId: jobId }, `no mail sent: ${recipient.reason}`)
    return { sent: false, reason: recipient.reason }
  }
  const mail = write(recipient)
  await mailer.send(mail, signal)
  logger.info({ conversionJobId: jobId, messageId: mail.messageId }, 'mail sent')
  return { sent: true, messageId: mail.messageId }
}
