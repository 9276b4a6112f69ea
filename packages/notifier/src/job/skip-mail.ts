import type { Logger } from 'pino'
import type { MailOwner } from './mail-owner.ts'
import type { AccountMailHandler } from './send-account-mail.ts'

const outcome = { sent: false, reason: 'MAIL=off' } as const

/** Takes jobs of mails about accounts when `MAIL=off`: sends nothing, and says so in the job's result. */
export function skipAccountMail(logger: Logger): AccountMailHandler {
  return async ({ data: { mailId } }) => {
    logger.info({ mailId }, 'no mail sent: MAIL=off')
    return outcome
  }
}

/** The same for mails about conversions. */
export function skipMail(logger: Logger): MailOwner {
  return async ({ jobId: conversionJobId }) => {
    logger.info({ conversionJobId }, 'no mail sent: MAIL=off')
    return outcome
  }
}
