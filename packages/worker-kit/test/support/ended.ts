import { setTimeout as delay } from 'node:timers/promises'
import type { Job, Queue } from 'bullmq'

/** Resolves with a job once it has completed or failed for good. */
export async function ended(queue: Queue, id: string): Promise<Job> {
  for (;;) {
    const job = await queue.getJob(id)
    if (job?.finishedOn) return job
    await delay(5)
  }
}
