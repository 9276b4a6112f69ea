import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'

export const eraseAccountInput = z.object({ userId: z.string() })

/** What this run removed. */
export interface EraseAccountResult {
  jobs: number
  files: number
}

/** Removes all jobs and files of a deleted account. auth adds it twice: at once, and a day later for what an upload that was
 *  under way stored afterwards. A run that finds nothing has succeeded. */
export const eraseAccount = defineJob<
  z.input<typeof eraseAccountInput>,
  z.output<typeof eraseAccountInput>,
  EraseAccountResult
>({
  name: 'account.erase',
  input: eraseAccountInput,
  // The attempts spread over at least 12 hours: what is not erased in that time is a dead letter, and an operator's to replay.
  attempts: 100,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 15 * 60_000, jitter: 0.5 },
  timeoutMs: 10 * 60_000,
})
