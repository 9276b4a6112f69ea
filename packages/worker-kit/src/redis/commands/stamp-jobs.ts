import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import { parseStampedJobs, type StampedJob } from '../stamped-job.ts'

const keyNames = ['clock', 'active', 'moved-on']
const run = luaCommand('stamp-jobs', keyNames.length)

/** Stamps jobs that were just put into wait, so that the caller can publish them (R3, R5). Left out are jobs that the pump
 *  publishes, that run, or that have finished. `unknownIds` are those of jobs that Redis does not have. */
export async function stampJobs(
  queue: RedisQueue,
  ids: string[],
): Promise<{ jobs: StampedJob[]; unknownIds: string[] }> {
  const { keys } = queue
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [keyOf(keys, ''), ...ids])
  const [jobs, unknownIds] = reply as [unknown, string[]]
  return { jobs: parseStampedJobs(jobs), unknownIds }
}
