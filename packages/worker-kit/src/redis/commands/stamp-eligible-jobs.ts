import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import { parseStampedJobs, type StampedJob } from '../stamped-job.ts'

const keyNames = [
  ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'delayed', 'paused'],
  ...['scratch', 'pc', 'marker', 'clock', 'moved-on', 'meta'],
]
const run = luaCommand('stamp-eligible-jobs', keyNames.length)

export interface EligibleSearch {
  /** How many ids to look at in each place. */
  reach: number
  /** Where the stretch in the middle of wait begins, counted from the next job in line: `reach` at first, then the
   *  `cursor` of the reply before. */
  cursor: number
  /** How many prioritized jobs may be stamped. */
  mostPrioritized: number
  /** How many jobs may be stamped that must start before the line: those with `lifo`, and those ahead of the line. */
  mostAtHead: number
  /** Whether jobs wait at the broker of which Redis knows nothing: a job with `lifo` must overtake them. */
  hasLineAtBroker: boolean
}

export interface EligibleJobs {
  jobs: StampedJob[]
  /** When the next delayed job is due, in epoch milliseconds. */
  nextDelayedAt: number | undefined
  cursor: number
  /** Jobs in wait and prioritized. */
  waiting: number
}

/** Promotes delayed jobs that are due, and stamps eligible jobs that have no stamp, so that the pump can publish them (R5). */
export async function stampEligibleJobs(
  queue: RedisQueue,
  { reach, cursor, mostPrioritized, mostAtHead, hasLineAtBroker }: EligibleSearch,
): Promise<EligibleJobs> {
  const { keys } = queue
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [
    keyOf(keys, ''),
    Date.now(),
    reach,
    cursor,
    mostPrioritized,
    mostAtHead,
    hasLineAtBroker ? '1' : '0',
  ])
  const [jobs, nextDelayedAt, nextCursor, waiting] = reply as [unknown, string, number, number]
  return {
    jobs: parseStampedJobs(jobs),
    nextDelayedAt: nextDelayedAt === '' ? undefined : Number(nextDelayedAt),
    cursor: nextCursor,
    waiting,
  }
}
