import { withLogFields } from './log-context.ts'

/** What a log tells of a job; worker-kit's contexts have it. */
export interface LoggedJob {
  readonly queue: string
  readonly id: string
  /** 1 for the first. */
  readonly attempt: number
}

/** Every line that is logged within the handler, however deep, bears `queue`, `jobId` and `attempt`. */
export function withJobLog<Job, Result>(
  handler: (job: Job) => Promise<Result>,
): (job: Job & LoggedJob) => Promise<Result> {
  return job => {
    const { queue, id: jobId, attempt } = job
    return withLogFields({ queue, jobId, attempt }, () => handler(job))
  }
}
