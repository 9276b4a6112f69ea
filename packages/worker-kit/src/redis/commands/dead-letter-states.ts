import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import type { JobStamp } from '../stamped-job.ts'

const keyNames = ['failed', 'completed', 'moved-on']
const run = luaCommand('dead-letter-states', keyNames.length)

/** Letters that one call looks up: a script must not hold Redis for long. */
const BATCH_SIZE = 500

/** What became of the job of a dead letter. */
export interface DeadLetterJobState {
  /** What Redis says of the job. */
  readonly job: 'failed' | 'completed' | 'unfinished' | 'removed'
  /** Whether the letter tells of the job's last failure; if not, the job has moved on. */
  readonly isOpen: boolean
}

/** Tells what became of the jobs of dead letters (R9), in the same order. */
export async function deadLetterStates(
  queue: RedisQueue,
  letters: readonly JobStamp[],
): Promise<DeadLetterJobState[]> {
  const client = await queue.client()
  const keys = keysOf(queue.keys, keyNames)
  const states: DeadLetterJobState[] = []
  for (let from = 0; from < letters.length; from += BATCH_SIZE) {
    const pairs = letters.slice(from, from + BATCH_SIZE).flatMap(({ id, stamp }) => [id, stamp])
    const reply = await run(client, keys, [keyOf(queue.keys, ''), ...pairs])
    for (const [job, isOpen] of reply as [DeadLetterJobState['job'], number][])
      states.push({ job, isOpen: isOpen === 1 })
  }
  return states
}
