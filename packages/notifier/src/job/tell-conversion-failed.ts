import { createHash } from 'node:crypto'
import type { ConversionFailedResult, conversionFailedInput } from '@jackalope/contracts'
import { type DeadLetters, type JobHandler, PostponeError } from '@jackalope/worker-kit'
import type { z } from 'zod'
import { addMail } from './add-mail.ts'
import { failForGood } from './fail-for-good.ts'
import type { TellOwnerDeps } from './tell-audio-ready.ts'
import { tellWebhooks } from './tell-webhooks.ts'

export interface TellConversionFailedDeps extends TellOwnerDeps {
  /** Dead letters of `video.convert`. */
  deadLetters: Pick<DeadLetters, 'stateOf'>
}

type Failure = z.output<typeof conversionFailedInput>
export type ConversionFailedHandler = JobHandler<Failure, ConversionFailedResult>

/** Has the owner's webhooks told that the conversion failed or was canceled, and the owner mailed of a failure; unless the job was
 *  replayed or runs again. */
export function tellConversionFailed(deps: TellConversionFailedDeps): ConversionFailedHandler {
  const { webhooks, mails, deadLetters } = deps
  return ({ data, job, signal }) =>
    failForGood(async () => {
      const { jobId, stamp, ownerId, outcome, fileName, reason: error, explanation } = data
      const { status, job: state } = await deadLetters.stateOf({ id: jobId, stamp })
      if (state === 'unfinished')
        throw new PostponeError(patienceMs(job.timestamp), 'the conversion runs again')
      if (status === 'replayed') return { told: false, reason: 'the conversion has moved on' }
      const failureId = nameFailure(data)
      const end = { type: `job.${outcome}`, ownerId, name: `${outcome}:${failureId}` } as const
      const news = { jobId, state: outcome, fileName, error, explanation }
      await tellWebhooks(webhooks, { ...end, at: new Date(job.timestamp), data: news }, signal)
      // Who canceled it knows.
      if (outcome === 'canceled') return { told: true }
      const mail = {
        about: 'failed',
        ownerId,
        jobId,
        failureId,
        fileName,
        reason: error,
        explanation,
      } as const
      await addMail(mails, mail, failureId)
      return { told: true }
    })
}

/** How long to wait for the end of a conversion that has not ended, in milliseconds, by what was waited until now. Its failure is not
 *  recorded yet, which takes a moment; or it runs again, for hours maybe: its converter was killed in between, or somebody has it
 *  tried again. */
function patienceMs(since: number): number {
  return Math.round(Math.min(Math.max((Date.now() - since) / 4, 500), 60_000))
}

/** Names a failure by what its owner is told, and not by its run: when Redis is set back to an older copy, the same job runs and
 *  fails again. */
function nameFailure({ jobId, retries, reason }: Failure): string {
  const hash = createHash('sha256').update(reason).digest('base64url').slice(0, 12)
  return `${jobId}-${retries}-${hash}`
}
