import type { ConversionFailedResult, conversionFailedInput } from '@jackalope/contracts'
import type { DeadLetters, JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import { conversionFailedMessage } from '../message/conversion-failed-message.ts'
import { failForGood } from './fail-for-good.ts'
import { mailOwner, type OwnerMail } from './mail-owner.ts'
import type { SendAudioReadyDeps } from './send-audio-ready.ts'

export interface SendConversionFailedDeps extends Omit<SendAudioReadyDeps, 'linkSecret'> {
  /** Dead letters of `video.convert`. */
  deadLetters: Pick<DeadLetters, 'stateOf'>
}

export type ConversionFailedHandler = JobHandler<
  z.output<typeof conversionFailedInput>,
  ConversionFailedResult
>

/** Mails the owner that the conversion failed, unless the job was replayed or runs again. A job runs again when its
 *  converter is killed after the dead letter was written and before Redis recorded the failure. */
export function sendConversionFailed(deps: SendConversionFailedDeps): ConversionFailedHandler {
  const { from, publicUrl, deadLetters } = deps
  return ({ data, signal }) =>
    failForGood(async () => {
      const { jobId, stamp, ownerId } = data
      const { status, job } = await deadLetters.stateOf({ id: jobId, stamp })
      if (job === 'unfinished') throw new Error(`The end of job ${jobId} is not recorded, or it runs again`)
      if (status === 'replayed') return { sent: false, reason: 'the conversion has moved on' }
      const name = `failed:${jobId}-${stamp}`
      const write: OwnerMail['write'] = recipient =>
        conversionFailedMessage(data, { from, publicUrl, ...recipient })
      return await mailOwner(deps, { ownerId, jobId, name, write }, signal)
    })
}
