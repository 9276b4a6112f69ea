import { type AudioReadyResult, type audioReadyInput, signLink, unsubscribeUrl } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import type { WebhookDirectory } from '../auth/webhook-directory.ts'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import { audioReadyMessage } from '../message/audio-ready-message.ts'
import { failForGood } from './fail-for-good.ts'
import type { MailOwner, OwnerMail } from './mail-owner.ts'
import { tellWebhooks } from './tell-webhooks.ts'

export interface TellOwnerDeps {
  webhooks: Pick<WebhookDirectory, 'tell'>
  mailOwner: MailOwner
  /** Sender of mails. */
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  /** Key of the links in mails, `LINK_SECRET`. */
  linkSecret: string
}

export type AudioReadyHandler = JobHandler<z.output<typeof audioReadyInput>, AudioReadyResult>

/** Tells the owner's webhooks and mails the owner that the audio is ready, with a link that works for seven days. A process that
 *  is killed before the job is completed may send the mail again, with the same Message-ID. */
export function sendAudioReady(deps: TellOwnerDeps): AudioReadyHandler {
  const { publicUrl, linkSecret: secret, from } = deps
  return ({ data, job, signal }) =>
    failForGood(async () => {
      const { ownerId, jobId, ...result } = data
      const name = `ready:${jobId}`
      const end = { type: 'job.completed', ownerId, name, at: new Date(job.timestamp) } as const
      await tellWebhooks(deps.webhooks, { ...end, data: { jobId, state: 'completed', result } }, signal)
      const write: OwnerMail['write'] = recipient => {
        const link = signLink(result.audioId, { publicUrl, secret })
        const options = { from, publicUrl, unsubscribeUrl: unsubscribeUrl(ownerId, { publicUrl, secret }) }
        return audioReadyMessage(data, link, { ...options, ...recipient })
      }
      return await deps.mailOwner({ ownerId, jobId, name, write }, signal)
    })
}
