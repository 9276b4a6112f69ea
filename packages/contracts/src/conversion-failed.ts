import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { audioReady } from './audio-ready.ts'

export const conversionFailedInput = z.object({
  ownerId: z.string(),
  /** Id of the conversion's job. */
  jobId: z.string(),
  /** Stamp of the run that failed; a later run of the same job has another stamp. */
  stamp: z.string(),
  /** Name of the uploaded file, if known. */
  fileName: z.string().optional(),
  /** Why it failed, in words for the owner. */
  reason: z.string(),
})

/** Whether a mail was sent. */
export type ConversionFailedResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Mails the owner of a video that it could not be converted. The notifier adds this job for a dead letter of
 *  `video.convert`. Its job id is made of that job's id and stamp, so that one failure makes one job. */
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
