import { z } from 'zod'

/** A conversion that stands as failed. */
export const failureExample = z.object({
  jobId: z.string(),
  ownerId: z.string(),
  fileName: z.string(),
  error: z.string().describe('As its owner sees it.'),
  finishedAt: z.iso.datetime(),
})
export type FailureExample = z.infer<typeof failureExample>

export const failureReason = z.object({
  code: z
    .string()
    .describe(
      'Code of the explanation, such as `no-audio-track`; `fault-of-ours` is a reason of the service, `other` one that an earlier version did not name.',
    ),
  count: z.int(),
  lastAt: z.iso.datetime(),
  examples: z.array(failureExample).describe('The newest, 5 at most.'),
})
export type FailureReason = z.infer<typeof failureReason>

export const failureList = z
  .object({
    countedAt: z.iso
      .datetime()
      .optional()
      .describe('When they were counted last; missing if they never were.'),
    since: z.iso.date().describe('The first day that is counted, in UTC.'),
    total: z.int(),
    reasons: z.array(failureReason).describe('The most frequent first.'),
    days: z
      .array(z.object({ day: z.iso.date(), count: z.int() }))
      .describe('Days with failures, oldest first, in UTC.'),
  })
  .meta({ id: 'FailureList' })
export type FailureList = z.infer<typeof failureList>
