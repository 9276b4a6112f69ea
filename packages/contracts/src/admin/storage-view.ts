import { z } from 'zod'
import { upkeepReport } from '../storage-upkeep.ts'

const seconds = z.int().min(0)
/** `null` is without a limit. */
const limit = z.int().nullable()

export const storeView = z.object({
  name: z.enum(['videos', 'audios']),
  kind: z.enum(['gridfs', 'disk']),
  files: z.int().optional().describe('Missing until they were counted.'),
  incomplete: z.int().optional().describe('Uploads among them that are not complete.'),
  sizeBytes: z.int().optional(),
  freeBytes: z.int().optional().describe('Free on its disk; missing if the store does not tell.'),
})

const upkeepRun = z.object({
  at: z.iso.datetime().describe('When it ended.'),
  state: z.enum(['completed', 'failed']),
  requested: z.boolean().describe('Whether an operator asked for it.'),
  report: upkeepReport.optional(),
  error: z.string().optional(),
})

export const storageView = z
  .object({
    stores: z.array(storeView),
    countedAt: z.iso.datetime().optional().describe('When the files were counted last.'),
    users: z.int().optional().describe('Users with files.'),
    retention: z
      .object({
        sourceSeconds: limit.describe('How long uploaded files are kept; null is for ever.'),
        audioSeconds: limit,
        jobSeconds: limit,
        orphanSeconds: seconds,
      })
      .describe('How long things are kept, in seconds.'),
    limits: z.object({
      maxUploadBytes: z.int(),
      maxStoredBytesPerUser: limit,
      maxOpenJobsPerUser: limit,
      minFreeBytes: z.int(),
    }),
    upkeep: z.object({
      intervalSeconds: seconds,
      nextAt: z.iso.datetime().optional(),
      running: z.boolean(),
      runs: z.array(upkeepRun).describe('The last ones, newest first.'),
    }),
  })
  .meta({ id: 'StorageView' })
export type StorageView = z.infer<typeof storageView>
