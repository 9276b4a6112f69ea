import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { audioReady } from './audio-ready.ts'

export const conversionFailedInput = z.object({
  ownerId: z.string(),
  /** Job of the conversion. */
  jobId: z.string(),
  /** Of the run that failed: a job that is run again and fails again has another. */
  stamp: z.string(),
  /** Name of the uploaded file, if known. */
  fileName: z.string().optional(),
  /** Why, fit to be shown to the owner. */
  reason: z.string(),
})

/** Whether the owner was told. */
export type ConversionFailedResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Tells the owner of a video that it could not be converted. Added by the notifier, out of the dead letters of
 *  `video.convert`; its job id is made of that job's id and stamp, so that one failure makes one job. */
export const conversionFailed = defineJob<
  z.input<typeof conversionFailedInput>,
  z.output<typeof conversionFailedInput>,
  ConversionFailedResult
>({
  name: 'conversion.failed',
  input: conversionFailedInput,
  attempts: audioReady.attempts,
  backoff: audioReady.backoff,
  timeoutMs: audioReady.timeoutMs,
})

export function jobIdOfFailure(jobId: string, stamp: string): string {
  return `${jobId}-${stamp}`
}
