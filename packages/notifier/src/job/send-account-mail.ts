import type { AccountMailResult, accountMailInput } from '@jackalope/contracts'
import { accountNotice } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import type { AccountMailDirectory } from '../auth/account-mail-directory.ts'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import { accountMailMessage } from '../message/account-mail-message.ts'
import { NotifierError } from '../notifier-error.ts'
import { failForGood } from './fail-for-good.ts'
import { type SendOnceDeps, sendOnce } from './send-once.ts'

export interface SendAccountMailDeps extends SendOnceDeps {
  accountMails: AccountMailDirectory
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
}

export type AccountMailHandler = JobHandler<z.output<typeof accountMailInput>, AccountMailResult>

/** Sends a mail about an account, once, unless it is obsolete. Neither address nor link is logged or kept with the job. A process that
 *  is killed between sending it and noting that sends it again, with the same Message-ID. */
export function sendAccountMail(deps: SendAccountMailDeps): AccountMailHandler {
  const { accountMails, from, publicUrl, logger } = deps
  return ({ data: { mailId, doubts }, signal }) =>
    failForGood(async () => {
      const prepare = async () => {
        try {
          return accountMailMessage(await accountMails.find(mailId, signal), { from, publicUrl })
        } catch (error) {
          if (!(error instanceof NotifierError && error.code === 'ERR_MAIL_OBSOLETE')) throw error
          return { reason: error.message }
        }
      }
      const outcome = await sendOnce({ name: accountNotice(mailId), doubts }, prepare, deps, signal)
      if (outcome.sent) logger.info({ mailId, messageId: outcome.messageId }, 'mail sent')
      else logger.info({ mailId }, `no mail sent: ${outcome.reason}`)
      return outcome
    })
}
