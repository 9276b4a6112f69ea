import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type { Job, Queue } from 'bullmq'
import { hidePrivate, hidePrivateText } from '../hide-private.ts'

/** A queue on the board: nothing can be changed there, and mail addresses, tokens and passwords are hidden. */
export class PrivateAdapter extends BullMQAdapter {
  constructor(queue: Queue) {
    super(queue, { readOnlyMode: true })
    for (const field of ['data', 'returnValue', 'progress'] as const) this.setFormatter(field, hide)
  }

  override async getJob(id: string) {
    const job = await super.getJob(id)
    return job && hideFailures(job as unknown as Job)
  }

  override async getJobs(...args: Parameters<BullMQAdapter['getJobs']>) {
    const jobs = await super.getJobs(...args)
    return jobs.map(job => hideFailures(job as unknown as Job))
  }

  override async getJobLogs(id: string) {
    return (await super.getJobLogs(id)).map(hidePrivateText)
  }
}

/** The board's own types say what a field may hold, and not what it gets. */
// biome-ignore lint/suspicious/noExplicitAny: the board's type of formatters
function hide(value: any): any {
  return hidePrivate(value)
}

/** The board has no formatter for them. The job is a copy of what Redis has. */
// biome-ignore lint/suspicious/noExplicitAny: the board has a type of its own for jobs
function hideFailures(job: Job): any {
  if (job.failedReason) job.failedReason = hidePrivateText(job.failedReason)
  job.stacktrace = (job.stacktrace ?? []).map(trace => hidePrivateText(String(trace)))
  return job
}
