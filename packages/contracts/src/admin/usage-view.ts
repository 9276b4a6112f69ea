import { z } from 'zod'

export const userUsage = z.object({
  userId: z.string(),
  storedBytes: z.int().describe('Bytes of uploaded files and audio.'),
  files: z.int(),
  openJobs: z.int().describe('Jobs that have not ended.'),
})
export type UserUsage = z.infer<typeof userUsage>

export const usageList = z
  .object({
    users: z.array(userUsage),
    maxStoredBytes: z.int().nullable().describe('What one user may store; null is no limit.'),
    maxOpenJobs: z.int().nullable(),
    countedAt: z.iso
      .datetime()
      .optional()
      .describe('When the order of the largest was found. Missing for users that were named.'),
    next: z.string().optional().describe('Path and query of the next page, if there is one.'),
  })
  .meta({ id: 'UsageList' })
export type UsageList = z.infer<typeof usageList>
