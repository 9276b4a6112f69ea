import { failureReason } from '@jackalope/contracts'
import { z } from 'zod'

const total = z.object({ files: z.int(), incomplete: z.int(), sizeBytes: z.int() })

/** What the upkeep counted of all files, so that no request of an operator has to. */
export const census = z.object({
  at: z.iso.datetime(),
  stores: z.object({ videos: total, audios: total }),
  /** Users with files. */
  users: z.int(),
  /** Users who store most, largest first: id, and bytes of uploaded files and audio. */
  largest: z.array(z.tuple([z.string(), z.int()])),
  /** Days with conversions that stand as failed, oldest first, in UTC. */
  failures: z.array(z.object({ day: z.iso.date(), reasons: z.array(failureReason) })),
})
export type Census = z.infer<typeof census>
