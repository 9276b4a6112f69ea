import { z } from 'zod'
import { attemptRecord } from './attempt-log.ts'
import { conversionOptions } from './conversion-options.ts'
import { conversionResult } from './conversion-result.ts'
import { conversionStage, waitForUs } from './convert-video.ts'
import { explanation } from './explanations/schema.ts'

/** Where a job is. `canceled` failed because its owner wanted it; `expired` was completed, and its audio has been removed
 *  since; `unknown` has no readable record in Redis. */
export const jobState = z.enum([
  'waiting',
  'active',
  'delayed',
  'completed',
  'failed',
  'canceled',
  'expired',
  'unknown',
])
export type JobState = z.infer<typeof jobState>

/** Whether a job in this state does not change by itself any more. */
export function isEnded(state: JobState): boolean {
  return state === 'completed' || state === 'failed' || state === 'canceled' || state === 'expired'
}

/** When and why the audio of a completed job was removed. */
export const audioExpiry = z.object({
  at: z.iso.datetime(),
  reason: z.string().describe('In words for the owner.'),
  explanation: explanation.optional(),
})
export type AudioExpiry = z.infer<typeof audioExpiry>

/** A conversion as its owner sees it: an element of `GET /jobs`. */
export const jobView = z
  .object({
    id: z.string(),
    state: jobState,
    /** In percent, 0 to 100. */
    progress: z.number().describe('Percent, 0 to 100.'),
    stage: conversionStage.optional().describe('What the converter does at the moment.'),
    fileName: z.string().describe('Name of the uploaded file.'),
    attemptsMade: z.number(),
    attempts: z.number().describe('How often the job is tried at most.'),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().optional().describe('When the last attempt started.'),
    finishedAt: z.iso.datetime().optional(),
    error: z.string().optional().describe('Why the job, or its last attempt, failed.'),
    explanation: explanation.optional(),
    waitingForUs: waitForUs
      .optional()
      .describe(
        'The job cannot be converted at the moment for a reason of ours. It is tried again by itself, and loses no attempt.',
      ),
    result: conversionResult.optional(),
    expired: audioExpiry.optional().describe('Of an expired job: when and why its audio was removed.'),
    sourceRemovedAt: z.iso
      .datetime()
      .optional()
      .describe('When the uploaded file was removed. A job that failed cannot be tried again any more then.'),
  })
  .meta({ id: 'Job' })
export type JobView = z.infer<typeof jobView>

/** One job by itself: the answer of `GET /jobs/:id`. */
export const jobDetails = jobView
  .extend({
    placeInLine: z
      .number()
      .optional()
      .describe(
        'Place among the jobs of all users that wait, 1 for the next. It may change either way: users take turns. Absent when the job does not wait, or is in the middle of a very long line.',
      ),
    options: conversionOptions,
    history: z.array(attemptRecord).describe('The attempts so far, oldest first.'),
  })
  .meta({ id: 'JobDetails' })
export type JobDetails = z.infer<typeof jobDetails>

/** Answer of `GET /jobs`, newest first. */
export const jobList = z
  .object({
    jobs: z.array(jobView),
    next: z.string().optional().describe('Address of the next page, if there is one.'),
  })
  .meta({ id: 'JobList' })
export type JobList = z.infer<typeof jobList>
