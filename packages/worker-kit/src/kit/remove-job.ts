import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { readJobs } from '../redis/commands/read-jobs.ts'
import { keyOf } from '../redis/queue-keys.ts'

/** Removes a job that does not run, also one whose record is damaged.
 *  @returns whether Redis has no such job now */
export async function removeJob(
  backend: Pick<RabbitmqQueueBackend, 'redisQueue' | 'remove'>,
  id: string,
): Promise<boolean> {
  const queue = backend.redisQueue
  const [job] = await readJobs(queue, [id])
  if (!job) return true
  const isRemoved = await backend.remove(id, true).catch(async (error: unknown) => {
    if (job.state !== 'unreadable') throw error
    // BullMQ's removal fails at a record that is no hash. Without the record it takes the id out of all lists.
    await (await queue.client()).del(`${keyOf(queue.keys, '')}${id}`)
    return await backend.remove(id, true)
  })
  return Boolean(isRemoved) || (await readJobs(queue, [id]))[0] === undefined
}
