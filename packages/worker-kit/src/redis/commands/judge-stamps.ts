import { luaCommand } from '../command.ts'
import { keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const keyNames = ['clock']
const run = luaCommand('judge-stamps', keyNames.length)

/** What a stamp tells of a message whose job Redis does not have under that stamp (R7). `lost`: Redis may have lost the job.
 *  `known`: the job was removed, has moved on or has finished. `bogus`: no server gave out such a stamp. */
export type StampVerdict = 'lost' | 'known' | 'bogus'

/** Judges stamps, in the same order. */
export async function judgeStamps(queue: RedisQueue, stamps: string[]): Promise<StampVerdict[]> {
  return (await run(await queue.client(), keysOf(queue.keys, keyNames), stamps)) as StampVerdict[]
}
