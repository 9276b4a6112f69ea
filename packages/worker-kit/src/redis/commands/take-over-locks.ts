import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import type { JobStamp } from '../stamped-job.ts'

const keyNames = ['owners']
const run = luaCommand('take-over-locks', keyNames.length)

/** A lock as `lockOwners` told of it, and the stamp of the delivery that is to take it over. */
export interface LockToTakeOver extends JobStamp {
  readonly token: string
  readonly entry: string
}

/** Removes the locks of jobs whose owners are gone (R8), where nothing has changed since `lockOwners` was asked.
 *  @returns ids of the jobs whose locks were removed */
export async function takeOverLocks(queue: RedisQueue, locks: readonly LockToTakeOver[]): Promise<string[]> {
  const { keys } = queue
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [
    keyOf(keys, ''),
    ...locks.flatMap(({ id, stamp, token, entry }) => [id, stamp, token, entry]),
  ])
  return reply as string[]
}
