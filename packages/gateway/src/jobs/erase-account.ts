import type { EraseAccountResult, eraseAccountInput } from '@jackalope/contracts'
import type { JobHandler } from '@jackalope/worker-kit'
import type { z } from 'zod'
import { type RemoveDeps, removeAll, removeJob } from './remove-job.ts'

/** Jobs that are removed between two looks at the list. */
const batchSize = 50

export type EraseAccountHandler = JobHandler<z.output<typeof eraseAccountInput>, EraseAccountResult>

/** Removes all jobs and files of a deleted account. An attempt that breaks off is repeated, and goes on with what is left. */
export function eraseAccountOf(deps: RemoveDeps): EraseAccountHandler {
  return async ({ data: { userId: ownerId }, signal, logger }) => {
    const erased = { jobs: 0, files: 0 }
    for (;;) {
      const batch = await Array.fromAsync(deps.videos.list({ metadata: { ownerId }, limit: batchSize }))
      if (batch.length === 0) break
      for (const video of batch) {
        signal.throwIfAborted()
        erased.files += await removeJob(video, deps)
        erased.jobs += 1
      }
    }
    signal.throwIfAborted()
    // Audio whose video is gone already.
    erased.files += await removeAll(deps.audios, { ownerId })
    logger.info(erased, 'erased the files of a deleted account')
    return erased
  }
}
