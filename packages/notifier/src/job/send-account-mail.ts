import type { AccountMailResult, accountMailInput } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { AccountMailDirectory } from '../auth/account-mail-directory.ts'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import type { Mailer } from '../mail/smtp-mailer.ts'
import { accountMailMessage } from '../message/account-mail-message.ts'
import { NotifierError } from '../notifier-error.ts'
import { failForGood } from './fail-for-good.ts'
import { maxDoubts, uncertain } from './mail-owner.ts'

export interface SendAccountMailDeps {
  accountMails: AccountMailDirectory
  mailer: Mailer
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  logger: Logger
}

export type AccountMailHandler = JobHandler<z.output<typeof accountMailInput>, AccountMailResult>

/** Sends a mail about an account, unless it is obsolete. Neither address nor link is logged or kept with the job. A process
 *  that is killed before the job is completed sends the mail again, with the same Message-ID. */
export function sendAccountMail(deps: SendAccountMailDeps): AccountMailHandler {
  const { accountMails, mailer, from, publicUrl, logger } = deps
  return ({ data: { mailId, doubts }, job, signal }) =>
    failForGood(async () => {
      try {
        const content = await accountMails.find(mailId, signal)
        const mail = accountMailMessage(content, { from, publicUrl })
        await mailer.send(mail, signal)
        logger.info({ mailId, kind: content.kind, messageId: mail.messageId }, 'mail sent')
        return { sent: true, messageId: mail.messageId }
      } catch (error) {
        if (!(error instanceof NotifierError)) throw error
        if (error.code === 'ERR_MAIL_DOUBTFUL') {
          await job.updateData({ mailId, doubts: doubts + 1 })
          throw doubts + 1 >= maxDoubts ? uncertain(error) : error
        }
        if (error.code !== 'ERR_MAIL_OBSOLETE') throw error
        logger.info({ mailId }, 'no mail sent: it is obsolete')
        return { sent: false, reason: error.message }
      }
    })
}
