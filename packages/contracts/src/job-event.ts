import { z } from 'zod'
import { conversionResult, conversionStage } from './convert-video.ts'
import { jobState } from './job-view.ts'

/** A job has come into a state. */
export const jobStateEvent = z.object({
  id: z.string().describe('Id of the job.'),
  state: jobState,
  at: z.iso.datetime(),
  error: z.string().optional().describe('Why it failed, or was canceled.'),
  result: conversionResult.optional(),
})
export type JobStateEvent = z.infer<typeof jobStateEvent>

/** How far the current attempt is. */
export const jobProgressEvent = z.object({
  id: z.string().describe('Id of the job.'),
  progress: z.number().describe('Percent, 0 to 100.'),
  stage: conversionStage.optional(),
})
export type JobProgressEvent = z.infer<typeof jobProgressEvent>

/** The job was deleted. */
export const jobDeletedEvent = z.object({ id: z.string().describe('Id of the job.') })
export type JobDeletedEvent = z.infer<typeof jobDeletedEvent>
