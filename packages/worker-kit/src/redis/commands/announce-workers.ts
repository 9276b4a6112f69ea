import { luaCommand } from '../command.ts'
import { keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const keyNames = ['owners']
const run = luaCommand('announce-workers', keyNames.length)

export interface Announcement {
  /** Id that Redis gave to the connection of `queue.client()`. */
  connectionId: string
  workerIds: string[]
  /** Age at which an entry that was not renewed is removed, in seconds. */
  sweepAfterSeconds: number
}

/** Notes which connection to Redis some workers have, so that others can tell when they are gone (R8). */
export async function announceWorkers(
  queue: RedisQueue,
  { connectionId, workerIds, sweepAfterSeconds }: Announcement,
): Promise<void> {
  const args = [connectionId, sweepAfterSeconds, ...workerIds]
  await run(await queue.client(), keysOf(queue.keys, keyNames), args)
}
