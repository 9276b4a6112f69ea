import { keyOf } from '../redis/queue-keys.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { runScript, scripts } from '../redis/scripts.ts'
import type { DeadJob, DeadJobStatus } from './dead-letter.ts'

/** How many letters one call of the script looks up. */
const BATCH = 500

export interface DeadLetterState {
  status: DeadJobStatus
  /** What Redis says of the job. */
  job: DeadJob['job']
}

/** What became of the jobs of dead letters, in the order of the letters. */
export async function readDeadLetterStates(
  letters: readonly { id: string; stamp: string }[],
  { keys, client }: RedisQueue,
): Promise<DeadLetterState[]> {
  const states: DeadLetterState[] = []
  for (let from = 0; from < letters.length; from += BATCH) {
    const pairs = letters.slice(from, from + BATCH).flatMap(({ id, stamp }) => [id, stamp])
    const reply = await runScript(
      await client(),
      scripts.letterStates,
      ['failed', 'completed', 'moved-on'].map(key => keyOf(keys, key)),
      [keyOf(keys, ''), ...pairs],
    )
    for (const [job, isOpen] of reply as [DeadJob['job'], number][])
      states.push({ job, status: isOpen === 0 ? 'replayed' : job === 'removed' ? 'removed' : 'failed' })
  }
  return states
}
