import type { KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import type { JobClaim } from '../amqp/message.ts'
import type { StaleReason } from '../worker/rounds.ts'
import { keyOf } from './queue-keys.ts'
import { runScript, scripts } from './scripts.ts'

export type RedeliveredReply =
  /** @param stalled - "stalled" when it was taken over from a worker that is gone */
  | ['active', hash: string[], stalled: string]
  | ['blocked', rateLimitMs: number, reason: 'limited' | 'maxed' | 'paused']
  | ['locked', lockMs: number]
  | ['stale', reason: StaleReason]

interface Place {
  keys: KeysMap
  workerOptions: WorkerOptions
  redis: () => Promise<RedisClient>
}

/** Starts the job of a message that was delivered before: it may be active already, without anybody who runs it. */
export async function startRedelivered(
  { keys, workerOptions, redis }: Place,
  { id, stamp }: JobClaim,
  token: string,
): Promise<RedeliveredReply> {
  const key = (keyName: string) => keyOf(keys, keyName)
  const { lockDuration, limiter, name, maxStalledCount = 1 } = workerOptions
  const reply = await runScript(
    await redis(),
    scripts.activate,
    [
      ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'none', 'paused'].map(key),
      ...['meta', 'pc', 'scratch', 'scratch-set', 'repeat', 'moved-on'].map(key),
    ],
    [
      key(''),
      Date.now(),
      JSON.stringify({ token, lockDuration, limiter, name }),
      id,
      stamp,
      '1',
      maxStalledCount,
    ],
  )
  const [outcome, detail, more, stalled] = reply as [string, unknown, unknown, string?]
  return (outcome === 'active' ? [outcome, detail, stalled] : [outcome, detail, more]) as RedeliveredReply
}
