import type { Logger } from 'pino'
import type { NoticeDirectory } from '../auth/notice-directory.ts'
import type { OutgoingMail } from '../mail/outgoing-mail.ts'
import type { Mailer } from '../mail/smtp-mailer.ts'
import { NotifierError } from '../notifier-error.ts'
import type { FindRecipient, Recipient } from './find-recipient.ts'

export interface MailOwnerDeps {
  findRecipient: FindRecipient
  /** Remembers what was sent, beyond the job itself. */
  notices: NoticeDirectory
  mailer: Mailer
  logger: Logger
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

export type MailOutcome = { sent: true; messageId: string } | { sent: false; reason: string }

/** How often a mail is given to a server that does not say whether it takes it. */
export const maxDoubts = 2
/** How long auth is told of a mail when the job itself has no time left, in milliseconds. */
const recordMs = 4_000

/** Sends a mail about a conversion to its owner, or says why nobody gets it.
 *  @throws {NotifierError} as `UserDirectory.find` and `Mailer.send`, and `ERR_MAIL_UNCERTAIN` */
export type MailOwner = (mail: OwnerMail, signal: AbortSignal) => Promise<MailOutcome>

/** What was sent once is not sent again, also when Redis has forgotten that the job was done. */
export function createMailOwner(deps: MailOwnerDeps): MailOwner {
  return (mail, signal) => mailOwner(deps, mail, signal)
}

async function mailOwner(
  deps: MailOwnerDeps,
  { ownerId, jobId, name, write }: OwnerMail,
  signal: AbortSignal,
): Promise<MailOutcome> {
  const { findRecipient, notices, mailer, logger } = deps
  const skip = (reason: string) => {
    logger.info({ conversionJobId: jobId }, `no mail sent: ${reason}`)
    return { sent: false as const, reason }
  }
  const { sent, doubts } = await notices.find(name, signal)
  if (sent) return skip('it was sent before')
  if (doubts >= maxDoubts) throw uncertain()
  const recipient = await findRecipient(ownerId, name, signal)
  if ('reason' in recipient) return skip(recipient.reason)
  const mail = write(recipient)
  try {
    await mailer.send(mail, signal)
  } catch (error) {
    if (!(error instanceof NotifierError && error.code === 'ERR_MAIL_DOUBTFUL')) throw error
    const now = await notices.record(name, { userId: ownerId, outcome: 'doubtful' }, ownTime())
    throw now.doubts >= maxDoubts ? uncertain(error) : error
  }
  await remember({ name, userId: ownerId }, deps)
  logger.info({ conversionJobId: jobId, messageId: mail.messageId }, 'mail sent')
  return { sent: true, messageId: mail.messageId }
}

/** A mail that was sent is sent: another attempt would send it twice. */
async function remember(
  { name, userId }: { name: string; userId: string },
  { notices, logger }: MailOwnerDeps,
): Promise<void> {
  try {
    await notices.record(name, { userId, outcome: 'sent' }, ownTime())
  } catch (err) {
    logger.warn({ err, notice: name }, 'auth could not be told that a mail was sent; the job itself says so')
  }
}

/** The job's own signal may be aborted: what has happened is told all the same. */
function ownTime(): AbortSignal {
  return AbortSignal.timeout(recordMs)
}

/** The error of a mail that is not sent again. */
export function uncertain(cause?: unknown): NotifierError {
  return new NotifierError(
    'ERR_MAIL_UNCERTAIN',
    'The mail server got this mail twice, and did not say whether it took it. It is not sent again.',
    { cause },
  )
}
