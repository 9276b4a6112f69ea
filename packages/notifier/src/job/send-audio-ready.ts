import { type AudioReadyResult, type audioReadyInput, signLink } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import { audioReadyMessage } from '../message/audio-ready-message.ts'
import { failForGood } from './fail-for-good.ts'
import { type MailOwnerDeps, mailOwner, type OwnerMail } from './mail-owner.ts'

export interface SendAudioReadyDeps extends MailOwnerDeps {
  from: MailAddress
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  /** Key of the links in mails, `LINK_SECRET`. */
  linkSecret: string
}

export type AudioReadyHandler = JobHandler<z.output<typeof audioReadyInput>, AudioReadyResult>

/** Mails the owner that the audio is ready, with a link that works for seven days. A process that is killed before the job is
 *  completed sends the mail again, with the same Message-ID. */
export function sendAudioReady(deps: SendAudioReadyDeps): AudioReadyHandler {
  const { from, publicUrl, linkSecret } = deps
  return ({ data, signal }) => {
    const { ownerId, jobId, audioId } = data
    const write: OwnerMail['write'] = recipient => {
      const link = signLink(audioId, { publicUrl, secret: linkSecret })
      return audioReadyMessage(data, link, { from, publicUrl, ...recipient })
    }
    return failForGood(() => mailOwner(deps, { ownerId, jobId, name: `ready:${jobId}`, write }, signal))
  }
}
