import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import type { StaleReason, StartRequest, WorkerSettings } from './finish-and-start-jobs.ts'

const keyNames = [
  ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'none', 'paused', 'meta', 'pc'],
  ...['scratch', 'scratch-set', 'repeat', 'moved-on'],
]
const run = luaCommand('start-redelivered-job', keyNames.length)

/** What became of a redelivery. `active`: `origin` is "stalled" when the job was taken over from a worker that is gone.
 *  `locked`: the job runs elsewhere; its lock lapses in so many milliseconds. The others are as of `StartReply`. */
export type RedeliveredReply =
  | ['active', hash: string[], origin: 'stalled' | '']
  | ['blocked', rateLimitMs: number, reason: 'limited' | 'maxed' | 'paused', recordedStamp?: undefined]
  | ['locked', lockMs: number]
  | ['stale', reason: StaleReason]

/** Starts the job of a message that was delivered before (R2, R8). The job may be active while nobody runs it. */
export async function startRedeliveredJob(
  queue: RedisQueue,
  { lockDuration, limiter, name, maxStalledCount = 1 }: WorkerSettings,
  { id, stamp, token }: StartRequest,
): Promise<RedeliveredReply> {
  const { keys } = queue
  const options = JSON.stringify({ token, lockDuration, limiter, name })
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [
    keyOf(keys, ''),
    Date.now(),
    options,
    id,
    stamp,
    maxStalledCount,
  ])
  return reply as RedeliveredReply
}
