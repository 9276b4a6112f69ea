import { z } from 'zod'

/** A dead letter: a job that failed for good, or a message that was no job. */
export const deadLetterView = z
  .object({
    id: z.string().describe("The job's id; of a message that was no job `malformed-` and a digest."),
    kind: z.enum(['job', 'malformed']),
    reason: z.string().describe('Why it failed. Addresses and secrets are hidden.'),
    at: z.iso.datetime().optional().describe('When it failed.'),
    attemptsMade: z.int().optional(),
    status: z
      .enum(['failed', 'removed', 'replayed'])
      .optional()
      .describe(
        'What became of the job: it stands as failed; Redis has no record of it any more; or it has moved on since.',
      ),
    ownerId: z.string().optional().describe('The user whose job it is, if its data say so.'),
    copies: z.int().describe('How often the queue holds this letter.'),
  })
  .meta({ id: 'DeadLetterView' })
export type DeadLetterView = z.infer<typeof deadLetterView>

/** Oldest first. */
export const deadLetterPage = z.object({
  letters: z.array(deadLetterView),
  total: z.int().describe('Messages of the dead-letter queue, copies included.'),
})
export type DeadLetterPage = z.infer<typeof deadLetterPage>

export const deadLetterDetails = deadLetterView
  .extend({
    stamp: z.string().optional().describe('Stamp of the run that failed.'),
    name: z.string().optional().describe("The job's name."),
    addedAt: z.iso.datetime().optional(),
    startedAt: z.iso.datetime().optional().describe('When the last attempt began.'),
    starts: z.int().optional().describe('How often it was started.'),
    stalls: z.int().optional().describe('How often it lost its worker.'),
    worker: z.string().optional(),
    job: z.enum(['failed', 'completed', 'unfinished', 'removed']).optional().describe("The job's state now."),
    data: z.unknown().optional().describe('What the job was given. Addresses and secrets are hidden.'),
    stacktraces: z.array(z.string()).describe('Of the last attempts, oldest first.'),
    sizeBytes: z.int().optional().describe('Of a message that was no job.'),
  })
  .meta({ id: 'DeadLetterDetails' })
export type DeadLetterDetails = z.infer<typeof deadLetterDetails>

/** All letters of one job, oldest first. */
export const deadLettersOfJob = z.object({ letters: z.array(deadLetterDetails).min(1) })
export type DeadLettersOfJob = z.infer<typeof deadLettersOfJob>

export const deadLetterReplay = z.object({
  outcome: z
    .enum(['retried', 'rebuilt', 'moved-on'])
    .describe(
      'The job runs again, from its record or made anew from the letter; or it needs no replay, and nothing was done.',
    ),
})
export type DeadLetterReplay = z.infer<typeof deadLetterReplay>
