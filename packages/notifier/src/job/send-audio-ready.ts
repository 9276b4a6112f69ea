import { type AudioReadyResult, type audioReadyInput, signLink } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import type { Mailer } from '../mail/smtp-mailer.ts'
import { audioReadyMessage } from '../message/audio-ready-message.ts'
import { failForGood } from './fail-for-good.ts'
import type { FindRecipient } from './find-recipient.ts'

export interface SendAudioReadyDeps {
  findRecipient: FindRecipient
  mailer: Mailer
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  /** Key of the links in mails, `LINK_SECRET`. */
  linkSecret: string
  logger: Logger
}

export type AudioReadyHandler = JobHandler<z.output<typeof audioReadyInput>, AudioReadyResult>

/** Mails the owner that the audio is ready, with a link that works for seven days. A process that is killed before the job is
 *  completed sends the mail again, with the same Message-ID. */
export function sendAudioReady(deps: SendAudioReadyDeps): AudioReadyHandler {
  const { findRecipient, mailer, from, publicUrl, linkSecret, logger } = deps
  return ({ data, signal }) =>
    failForGood(async () => {
      const recipient = await findRecipient(data.ownerId, `ready:${data.jobId}`, signal)
      if ('reason' in recipient) {
        logger.info({ conversionJobId: data.jobId }, `no mail sent: ${recipient.reason}`)
        return { sent: false, reason: recipient.reason }
      }
      const link = signLink(data.audioId, { publicUrl, secret: linkSecret })
      const mail = audioReadyMessage(data, link, { from, publicUrl, ...recipient })
      await mailer.send(mail, signal)
      logger.info({ conversionJobId: data.jobId, messageId: mail.messageId }, 'mail sent')
      return { sent: true, messageId: mail.messageId }
    })
}
