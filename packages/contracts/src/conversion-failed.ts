import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import type { AudioReadyResult } from './audio-ready.ts'
import { explanation } from './explanations/schema.ts'
import { mailRetries } from './mail-retries.ts'

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
  /** The same as data. */
  explanation: explanation.optional(),
  /** `canceled`: its owner wanted it, and is told by webhooks alone. */
  outcome: z.enum(['failed', 'canceled']).default('failed'),
  /** How often the owner had it tried again before. */
  retries: z.int().default(0),
})

/** Whether the owner is told. */
export type ConversionFailedResult = AudioReadyResult

/** Tells the owner of a file, by mail and by webhooks, that it was not converted. The notifier adds this job for a dead letter of
 *  `video.convert`. Its job id is made of that job's id and stamp, so that one failure makes one job. */
export const conversionFailed = defineJob<
  z.input<typeof conversionFailedInput>,
  z.output<typeof conversionFailedInput>,
  ConversionFailedResult
>({
  name: 'conversion.failed',
  input: conversionFailedInput,
  ...mailRetries,
})

export function jobIdOfFailure(jobId: string, stamp: string): string {
  return `${jobId}-${stamp}`
}
