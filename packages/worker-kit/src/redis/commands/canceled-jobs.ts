import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

/** Only names the queue's slot in a cluster. */
const keyNames = ['wait']
const run = luaCommand('canceled-jobs', keyNames.length)

/** Finds which of a worker's running jobs somebody has canceled.
 *  @param failurePrefix - what the failure of every canceled job begins with */
export async function canceledJobs(
  queue: RedisQueue,
  ids: string[],
  failurePrefix: string,
): Promise<{ id: string; failure: string }[]> {
  const { keys } = queue
  const args = [keyOf(keys, ''), failurePrefix, ...ids]
  const reply = await run(await queue.client(), keysOf(keys, keyNames), args)
  return (reply as [id: string, failure: string][]).map(([id, failure]) => ({ id, failure }))
}
