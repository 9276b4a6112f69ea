import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import { parseStampedJobs, type StampedJob } from '../stamped-job.ts'

const keyNames = ['wait', 'active', 'meta', 'prioritized']
const run = luaCommand('oldest-waiting-jobs', keyNames.length)

export interface OldestSearch {
  /** How many jobs to look at, from the next in line. */
  count: number
  /** Finds jobs with an earlier stamp, in microseconds. */
  stampedBefore?: number
  /** Finds jobs that were stamped longer ago, in microseconds; required without `stampedBefore`. */
  olderThanMicros?: number
}

/** Finds the jobs next in line whose messages may be lost (R6). None while the queue may not start jobs. */
export async function oldestWaitingJobs(
  queue: RedisQueue,
  { count, stampedBefore, olderThanMicros }: OldestSearch,
): Promise<StampedJob[]> {
  const { keys } = queue
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [
    keyOf(keys, ''),
    count,
    stampedBefore ?? '',
    olderThanMicros ?? '',
  ])
  return parseStampedJobs(reply)
}
