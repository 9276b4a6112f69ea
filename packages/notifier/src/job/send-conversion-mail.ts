import {
  type ConversionMailResult,
  type conversionMailInput,
  signLink,
  unsubscribeUrl,
} from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import type { MailAddress, OutgoingMail } from '../mail/outgoing-mail.ts'
import { audioReadyMessage } from '../message/audio-ready-message.ts'
import { conversionFailedMessage } from '../message/conversion-failed-message.ts'
import type { MessageOptions } from '../message/message-options.ts'
import { failForGood } from './fail-for-good.ts'
import type { MailOwner } from './mail-owner.ts'

export interface SendConversionMailDeps {
  mailOwner: MailOwner
  /** Sender of mails. */
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  /** Key of the links in mails, `LINK_SECRET`. */
  linkSecret: string
}

type ConversionMail = z.output<typeof conversionMailInput>
export type ConversionMailHandler = JobHandler<ConversionMail, ConversionMailResult>

/** Mails an owner how a conversion ended: that the audio is ready, with a link that works for seven days, or why there is none. A process
 *  that is killed before the job is completed may send the mail again, with the same Message-ID. */
export function sendConversionMail(deps: SendConversionMailDeps): ConversionMailHandler {
  const { from, publicUrl, linkSecret: secret } = deps
  return ({ data, signal }) =>
    failForGood(async () => {
      const { ownerId, jobId } = data
      const options = { from, publicUrl, unsubscribeUrl: unsubscribeUrl(ownerId, { publicUrl, secret }) }
      const write = (recipient: Pick<MessageOptions, 'to' | 'isLast' | 'language'>): OutgoingMail =>
        data.about === 'ready'
          ? audioReadyMessage(data, signLink(data.audioId, { publicUrl, secret }), {
              ...options,
              ...recipient,
            })
          : conversionFailedMessage(data, data.failureId, { ...options, ...recipient })
      return await deps.mailOwner({ ownerId, jobId, name: nameOf(data), write }, signal)
    })
}

/** What auth remembers the mail by. */
function nameOf(mail: ConversionMail): string {
  return mail.about === 'ready' ? `ready:${mail.jobId}` : `failed:${mail.failureId}`
}
