import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import type { JobStamp } from '../stamped-job.ts'

const keyNames = ['clock']
const run = luaCommand('superseded-deliveries', keyNames.length)

/** Finds the running deliveries that are no longer the current ones of their jobs (R2). Not among them are those of jobs that
 *  Redis may have lost (R7).
 *  @returns ids of their jobs */
export async function supersededDeliveries(
  queue: RedisQueue,
  claims: readonly JobStamp[],
): Promise<string[]> {
  const { keys } = queue
  const pairs = claims.flatMap(({ id, stamp }) => [id, stamp])
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [keyOf(keys, ''), ...pairs])
  return reply as string[]
}
