import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { conversionOptions } from './conversion-options.ts'
import type { ConversionResult } from './conversion-result.ts'
import { explanation } from './explanations/schema.ts'

/** What a converter does with a job, in this order. */
export const conversionStage = z.enum(['fetching', 'converting', 'storing'])
export type ConversionStage = z.infer<typeof conversionStage>

/** A conversion that waits for the end of a fault of ours, such as a full disk. The wait uses up no attempt. */
export const waitForUs = z.object({
  since: z.iso.datetime().describe('When the fault was met first.'),
  nextAttemptAt: z.iso
    .datetime()
    .optional()
    .describe('When the job is tried again. Absent while no converter takes jobs.'),
  pauses: z.number().describe('How often the job has been put off.'),
})
export type WaitForUs = z.infer<typeof waitForUs>

/** Progress of a conversion, as the converter writes it into the job. */
export const conversionProgress = z.object({
  /** In percent, 0 to 100. */
  percent: z.number(),
  stage: conversionStage,
  /** Set when the attempt is put off, until the next one reports something. */
  waitForUs: waitForUs.optional(),
})
export type ConversionProgress = z.infer<typeof conversionProgress>

export const convertVideoInput = z.object({
  /** Id of the video's blob, in the store of videos. */
  videoId: z.string(),
  ownerId: z.string(),
  /** Name of the uploaded file, for mails to its owner. */
  fileName: z.string().optional(),
  options: conversionOptions.prefault({}),
  /** How often its owner had it tried again: what ends anew is told anew. */
  retries: z.int().optional(),
  /** Why it failed, set by the attempt that ended it: who tells its owner reads it in the dead letter. */
  explanation: explanation.optional(),
})

/** Converts a stored video into a stored audio file. The job id is `v-` and the video's id. */
export const convertVideo = defineJob<
  z.input<typeof convertVideoInput>,
  z.output<typeof convertVideoInput>,
  ConversionResult
>({
  name: 'video.convert',
  input: convertVideoInput,
  // The ten attempts spread over 1.25 to 2.5 minutes, longer than the restart of a database.
  attempts: 10,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 30_000, jitter: 0.5 },
  timeoutMs: 60 * 60_000,
})

export function jobIdOfVideo(videoId: string): string {
  return `v-${videoId}`
}

/** Id of a job's video; `undefined` when the text is not a job id of this queue. */
export function videoIdOfJob(jobId: string): string | undefined {
  return /^v-[0-9a-f]{24}$/.test(jobId) ? jobId.slice(2) : undefined
}
