import type { OutgoingMail } from '../mail/outgoing-mail.ts'
import type { FindRecipient, Recipient } from './find-recipient.ts'
import { type MailOutcome, type SendOnceDeps, sendOnce } from './send-once.ts'

export interface MailOwnerDeps extends SendOnceDeps {
  findRecipient: FindRecipient
}

/** A mail about a conversion. */
export interface OwnerMail {
  ownerId: string
  /** Id of the conversion. */
  jobId: string
  /** Unique among all: it names what the mail tells, and is the same whenever that is told. */
  name: string
  write(recipient: Extract<Recipient, { to: string }>): OutgoingMail
}

/** Sends a mail about a conversion to its owner, or says why nobody gets it.
 *  @throws {NotifierError} as `UserDirectory.find` and `sendOnce` */
export type MailOwner = (mail: OwnerMail, signal: AbortSignal) => Promise<MailOutcome>

export function createMailOwner(deps: MailOwnerDeps): MailOwner {
  return async ({ ownerId, jobId: conversionJobId, name, write }, signal) => {
    const prepare = async () => {
      const recipient = await deps.findRecipient(ownerId, name, signal)
      return 'reason' in recipient ? recipient : write(recipient)
    }
    const outcome = await sendOnce({ name, userId: ownerId }, prepare, deps, signal)
    if (outcome.sent) deps.logger.info({ conversionJobId, messageId: outcome.messageId }, 'mail sent')
    else deps.logger.info({ conversionJobId }, `no mail sent: ${outcome.reason}`)
    return outcome
  }
}
