import type { KeysMap, RedisClient } from 'bullmq'
import { deadLetterStates } from '../redis/commands/dead-letter-states.ts'
import type { DeadJob, DeadJobStatus } from './dead-letter.ts'

export interface LetterState {
  status: DeadJobStatus
  /** What Redis says of the job. */
  job: DeadJob['job']
}

/** What became of the jobs of letters, in the same order. */
export async function readLetterStates(
  letters: readonly { id: string; stamp: string }[],
  keys: KeysMap,
  redis: RedisClient,
): Promise<LetterState[]> {
  const states = await deadLetterStates({ keys, client: async () => redis }, letters)
  return states.map(({ job, isOpen }) => ({
    job,
    status: !isOpen ? 'replayed' : job === 'removed' ? 'removed' : 'failed',
  }))
}
