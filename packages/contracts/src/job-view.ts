import { z } from 'zod'
import { conversionResult } from './convert-video.ts'

/** A conversion as its owner sees it: the answer of `GET /jobs/:id`, and an element of `GET /jobs`. */
export const jobView = z.object({
  id: z.string(),
  /** BullMQ's names of states; `unknown` when Redis has no record of the job. */
  state: z.enum(['waiting', 'active', 'delayed', 'completed', 'failed', 'unknown']),
  /** In percent, 0 to 100. */
  progress: z.number(),
  /** Name of the uploaded file. */
  fileName: z.string(),
  attemptsMade: z.number(),
  attempts: z.number(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Why the job, or its last attempt, failed. */
  error: z.string().optional(),
  result: conversionResult.optional(),
})
export type JobView = z.infer<typeof jobView>

/** Answer of `GET /jobs`, newest first. */
export const jobList = z.object({
  jobs: z.array(jobView),
  /** Address of the next page, if there is one. */
  next: z.string().optional(),
})
export type JobList = z.infer<typeof jobList>
