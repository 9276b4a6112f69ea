import type { Job, Worker } from 'bullmq'
import { CANCELED, isCancellation } from '../job/cancellation.ts'
import type { JobEvent, JobEventListener, JobEventName } from './job-events.ts'

/** Tells of the attempts that a worker starts and ends. */
export function watchJobs(worker: Pick<Worker, 'on'>, queue: string, tell: JobEventListener): void {
  worker.on('active', () => tell({ queue, name: 'started' }))
  worker.on('completed', job => tell({ queue, name: 'completed', durationMs: durationMs(job) }))
  worker.on('failed', (job, error) => {
    if (job) tell({ queue, name: endOf(job, error), durationMs: durationMs(job) })
  })
  worker.on('stalled', () => tell({ queue, name: 'stalled' }))
}

/** BullMQ emits no event of a job that its processor has delayed. */
export function postponed(job: Job): JobEvent {
  return { queue: job.queueName, name: 'postponed', durationMs: durationMs(job) }
}

function endOf(job: Job, error: Error): JobEventName {
  if (!job.finishedOn) return 'retried'
  return isCancellation(error.cause) || job.deferredFailure?.startsWith(CANCELED) ? 'canceled' : 'failed'
}

function durationMs({ processedOn, finishedOn = Date.now() }: Job): number {
  return Math.max(0, finishedOn - (processedOn ?? finishedOn))
}
