import type { AudioReadyResult, audioReadyInput } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import type { WebhookDirectory } from '../auth/webhook-directory.ts'
import { addMail, type ConversionMailQueue } from './add-mail.ts'
import { failForGood } from './fail-for-good.ts'
import { tellWebhooks } from './tell-webhooks.ts'

export interface TellOwnerDeps {
  webhooks: Pick<WebhookDirectory, 'tell'>
  mails: ConversionMailQueue
}

export type AudioReadyHandler = JobHandler<z.output<typeof audioReadyInput>, AudioReadyResult>

/** Has the owner's webhooks told that the audio is ready, and then the owner mailed. Nothing here waits for a mail server. */
export function tellAudioReady({ webhooks, mails }: TellOwnerDeps): AudioReadyHandler {
  return ({ data, job, signal }) =>
    failForGood(async () => {
      const { ownerId, jobId, ...result } = data
      const end = {
        type: 'job.completed',
        ownerId,
        name: `ready:${jobId}`,
        at: new Date(job.timestamp),
      } as const
      await tellWebhooks(webhooks, { ...end, data: { jobId, state: 'completed', result } }, signal)
      await addMail(mails, { about: 'ready', ...data }, `${jobId}-ready`)
      return { told: true }
    })
}
