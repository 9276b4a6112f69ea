import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'

const removed = z.object({ count: z.number(), sizeBytes: z.number() })

/** What one run of the upkeep did. */
export const upkeepReport = z.object({
  /** Uploaded files whose time was over. */
  sources: removed,
  /** Audio files whose time was over. */
  audios: removed,
  /** Expired, failed and canceled jobs whose record was removed with all that belonged to them. */
  jobs: z.number(),
  /** What crashes had left. */
  orphans: z.object({
    /** Videos without a job: the job was added. */
    adoptedVideos: z.number(),
    /** Audio files that no job refers to: removed. */
    audios: removed,
    /** Completed jobs whose audio is gone: listed as expired. */
    lostAudios: z.number(),
    /** Records of jobs in Redis whose video is gone: removed. */
    records: z.number(),
    /** Blobs that were half-written or half-removed: removed. */
    unfinished: z.number(),
    /** Blobs of which nothing but pieces of content was left: removed. Earlier versions did not look for them. */
    strays: z.number().default(0),
  }),
  /** Whether nothing is left to do; a run breaks off when a server is away. Earlier versions do not say. */
  isComplete: z.boolean().default(true),
  /** How long the run took, in milliseconds. */
  tookMs: z.number(),
})
export type UpkeepReport = z.infer<typeof upkeepReport>

export const storageUpkeepInput = z.object({})

/** Removes files whose time is over, and what crashes left. A job scheduler adds it. A run that breaks off is repeated, and
 *  goes on with what is left. */
export const storageUpkeep = defineJob<
  z.input<typeof storageUpkeepInput>,
  z.output<typeof storageUpkeepInput>,
  UpkeepReport
>({
  name: 'storage.upkeep',
  input: storageUpkeepInput,
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 10_000, jitter: 0.5 },
  timeoutMs: 30 * 60_000,
})
