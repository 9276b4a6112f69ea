import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const keyNames = ['owners']
const run = luaCommand('lock-owners', keyNames.length)

/** The lock of a job. Without `token` and `entry` its owner is not known, or has not announced itself to this server. */
export interface LockOwner {
  /** Until the lock lapses, in milliseconds; less than 1 when there is no lock. */
  lockMs: number
  token?: string
  /** What the owner announced: server run, connection id, time; separated by spaces. */
  entry?: string
}

/** Tells who holds the locks of some jobs (R8), in the same order. */
export async function lockOwners(queue: RedisQueue, ids: string[]): Promise<LockOwner[]> {
  const { keys } = queue
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [keyOf(keys, ''), ...ids])
  return (reply as [lockMs: number, token?: string, entry?: string][]).map(([lockMs, token, entry]) => ({
    lockMs,
    token,
    entry,
  }))
}
