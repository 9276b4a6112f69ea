import type { JobJson, ParentKeyOpts, RetryOptions } from 'bullmq'
import type { ReplayerOptions } from '../dead-letters/replayer.ts'
import { reportDuplicate } from '../producer/duplicate-report.ts'

/** BullMQ's code for an added job whose parent does not exist. */
const PARENT_GONE = -5

export interface RevivingBackend {
  retryFailed(job: Parameters<ReplayerOptions['retry']>[0], options: RetryOptions): Promise<void>
  addJob(job: JobJson, jobId: string, parentKeyOpts?: ParentKeyOpts): Promise<string>
  /** Publishes jobs that are in wait. */
  publishWaiting(ids: string[]): Promise<unknown>
}

/** How jobs of dead letters run again (R9): as BullMQ lets failed jobs run again, and as new ones are added. */
export function revivalOf(backend: RevivingBackend): Pick<ReplayerOptions, 'retry' | 'rebuild'> {
  return {
    async retry(job, { resetAttempts = false }) {
      const reset = { resetAttemptsMade: resetAttempts, resetAttemptsStarted: resetAttempts }
      await backend.retryFailed(job, reset)
      await backend.publishWaiting([String(job.id)])
    },
    async rebuild(job) {
      const { parent: _parent, parentKey, ...orphan } = job
      const parentKeyOpts = { parentKey, parentDependenciesKey: parentKey && `${parentKey}:dependencies` }
      const { isDuplicate } = await reportDuplicate(() =>
        backend.addJob(job, job.id, parentKeyOpts).catch((error: { code?: number }) => {
          if (error.code !== PARENT_GONE) throw error
          return backend.addJob(orphan, job.id)
        }),
      )
      return !isDuplicate
    },
  }
}
