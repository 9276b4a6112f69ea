import type { KeysMap, RedisClient } from 'bullmq'
import { keyOf } from '../redis/queue-keys.ts'
import { runScript, scripts } from '../redis/scripts.ts'
import type { DeadJob, DeadJobStatus } from './dead-letter.ts'

/** Letters looked up in one call of the script. */
const BATCH = 500

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
  const states: LetterState[] = []
  for (let from = 0; from < letters.length; from += BATCH) {
    const pairs = letters.slice(from, from + BATCH).flatMap(({ id, stamp }) => [id, stamp])
    const reply = await runScript(
      redis,
      scripts.letterStates,
      ['failed', 'completed', 'moved-on'].map(key => keyOf(keys, key)),
      [keyOf(keys, ''), ...pairs],
    )
    for (const [job, isOpen] of reply as [DeadJob['job'], number][])
      states.push({ job, status: isOpen === 0 ? 'replayed' : job === 'removed' ? 'removed' : 'failed' })
  }
  return states
}
