import { withLogFields } from './log-context.ts'

/** What log lines name of a job. worker-kit's job contexts have these properties. */
export interface LoggedJob {
  readonly queue: string
  readonly id: string
  /** Number of the attempt; the first is 1. */
  readonly attempt: number
}

/** Adds `queue`, `jobId` and `attempt` to every line that is logged within the handler, at any depth. */
export function withJobLog<Job, Result>(
  handler: (job: Job) => Promise<Result>,
): (job: Job & LoggedJob) => Promise<Result> {
  return job => {
    const { queue, id: jobId, attempt } = job
    return withLogFields({ queue, jobId, attempt }, () => handler(job))
  }
}
