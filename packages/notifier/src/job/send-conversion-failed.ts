import { createHash } from 'node:crypto'
import { type ConversionFailedResult, type conversionFailedInput, unsubscribeUrl } from '@jackalope/contracts'
import type { DeadLetters, JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import { conversionFailedMessage } from '../message/conversion-failed-message.ts'
import { failForGood } from './fail-for-good.ts'
import type { OwnerMail } from './mail-owner.ts'
import type { TellOwnerDeps } from './send-audio-ready.ts'
import { tellWebhooks } from './tell-webhooks.ts'

export interface SendConversionFailedDeps extends TellOwnerDeps {
  /** Dead letters of `video.convert`. */
  deadLetters: Pick<DeadLetters, 'stateOf'>
}

type Failure = z.output<typeof conversionFailedInput>
export type ConversionFailedHandler = JobHandler<Failure, ConversionFailedResult>

/** Tells the owner's webhooks that the conversion failed or was canceled, and mails the owner of a failure; unless the job was
 *  replayed or runs again. A job runs again when its converter is killed after the dead letter was written and before Redis
 *  recorded the failure. */
export function sendConversionFailed(deps: SendConversionFailedDeps): ConversionFailedHandler {
  const { from, publicUrl, linkSecret: secret, deadLetters } = deps
  return ({ data, job, signal }) =>
    failForGood(async () => {
      const { jobId, stamp, ownerId, outcome, fileName, reason: error, explanation } = data
      const { status, job: state } = await deadLetters.stateOf({ id: jobId, stamp })
      if (state === 'unfinished') throw new Error(`The end of job ${jobId} is not recorded, or it runs again`)
      if (status === 'replayed') return { sent: false, reason: 'the conversion has moved on' }
      const id = failureId(data)
      const name = `${outcome}:${id}`
      const end = { type: `job.${outcome}`, ownerId, name, at: new Date(job.timestamp) } as const
      await tellWebhooks(
        deps.webhooks,
        { ...end, data: { jobId, state: outcome, fileName, error, explanation } },
        signal,
      )
      if (outcome === 'canceled') return { sent: false, reason: 'its owner wanted it' }
      const write: OwnerMail['write'] = recipient => {
        const options = { from, publicUrl, unsubscribeUrl: unsubscribeUrl(ownerId, { publicUrl, secret }) }
        return conversionFailedMessage(data, id, { ...options, ...recipient })
      }
      return await deps.mailOwner({ ownerId, jobId, name, write }, signal)
    })
}

/** Names a failure by what its owner is told, and not by its run: when Redis is set back to an older copy, the same job runs and
 *  fails again. */
function failureId({ jobId, retries, reason }: Failure): string {
  const hash = createHash('sha256').update(reason).digest('base64url').slice(0, 12)
  return `${jobId}-${retries}-${hash}`
}
