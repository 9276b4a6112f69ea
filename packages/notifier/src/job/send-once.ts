import type { Logger } from 'pino'
import type { NoticeDirectory } from '../auth/notice-directory.ts'
import type { OutgoingMail } from '../mail/outgoing-mail.ts'
import type { Mailer } from '../mail/smtp-mailer.ts'
import { NotifierError } from '../notifier-error.ts'

export interface SendOnceDeps {
  /** Remembers what was sent, beyond the job itself. */
  notices: NoticeDirectory
  mailer: Mailer
  logger: Logger
}

/** A mail that is sent once. */
export interface Notice {
  /** Unique among all: it names what the mail tells, and is the same whenever that is told. */
  name: string
  /** Whom it is sent to; unknown of mails about accounts. */
  userId?: string
  /** How often a mail server may have taken it, as the job knows. @default 0 */
  doubts?: number
}

export type MailOutcome = { sent: true; messageId: string } | { sent: false; reason: string }

/** How often a mail is given to a server that does not say whether it takes it. */
const maxDoubts = 2
/** How long auth is told of a mail when the job itself has no time left, in milliseconds. */
const recordMs = 4_000

/** Sends a mail, unless it was sent before: Redis, which remembers it as a completed job, may have forgotten that.
 *  @param prepare - gives the mail, or why none is sent
 *  @throws {NotifierError} as `prepare` and `Mailer.send`, and `ERR_MAIL_UNCERTAIN` */
export async function sendOnce(
  { name, userId, doubts: known = 0 }: Notice,
  prepare: () => Promise<OutgoingMail | { reason: string }>,
  { notices, mailer, logger }: SendOnceDeps,
  signal: AbortSignal,
): Promise<MailOutcome> {
  const { sent, doubts } = await notices.find(name, signal)
  if (sent) return { sent: false, reason: 'it was sent before' }
  if (Math.max(doubts, known) >= maxDoubts) throw uncertain()
  const mail = await prepare()
  if ('reason' in mail) return { sent: false, reason: mail.reason }
  try {
    await mailer.send(mail, signal)
  } catch (error) {
    if (!(error instanceof NotifierError && error.code === 'ERR_MAIL_DOUBTFUL')) throw error
    const now = await notices.record(name, { userId, outcome: 'doubtful' }, ownTime())
    throw Math.max(now.doubts, known + 1) >= maxDoubts ? uncertain(error) : error
  }
  // A mail that was sent is sent: another attempt would send it twice.
  await notices.record(name, { userId, outcome: 'sent' }, ownTime()).catch(err => {
    logger.warn({ err, notice: name }, 'auth could not be told that a mail was sent; the job itself says so')
  })
  return { sent: true, messageId: mail.messageId }
}

/** The job's own signal may be aborted: what has happened is told all the same. */
function ownTime(): AbortSignal {
  return AbortSignal.timeout(recordMs)
}

/** The error of a mail that is not sent again. */
function uncertain(cause?: unknown): NotifierError {
  return new NotifierError(
    'ERR_MAIL_UNCERTAIN',
    'The mail server got this mail twice, and did not say whether it took it. It is not sent again.',
    { cause },
  )
}
