import { deadLetterStates } from '../redis/commands/dead-letter-states.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { DeadJob, DeadJobStatus } from './dead-letter.ts'

export interface DeadLetterState {
  status: DeadJobStatus
  /** What Redis says of the job. */
  job: DeadJob['job']
}

/** What became of the jobs of dead letters, in the order of the letters. */
export async function readDeadLetterStates(
  letters: readonly { id: string; stamp: string }[],
  queue: RedisQueue,
): Promise<DeadLetterState[]> {
  const states = await deadLetterStates(queue, letters)
  return states.map(({ job, isOpen }) => ({
    job,
    status: !isOpen ? 'replayed' : job === 'removed' ? 'removed' : 'failed',
  }))
}
