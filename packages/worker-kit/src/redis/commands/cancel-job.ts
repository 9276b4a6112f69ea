import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const keyNames = ['wait', 'prioritized', 'delayed', 'active', 'completed', 'failed', 'waiting-children']

/** The hash of the job, its lock, then those. */
const run = luaCommand('cancel-job', 2 + keyNames.length)

export interface Cancellation {
  id: string
  /** Reason with which the job is to fail. */
  failure: string
  /** Lock token of the caller, if the job is taken. */
  token: string
  /** How long that lock holds, in milliseconds. */
  lockMs: number
}

/** `taken`: the job waited, is active now, and the caller must fail it. `active`: the job runs, its worker is told.
 *  `later`: the job fails when it is started. `finished`, `unknown`: nothing was done. */
export type CancelReply = 'unknown' | 'finished' | 'taken' | 'active' | 'later'

/** Notes that a job must fail, whoever starts it (R1). */
export async function cancelJob(
  queue: RedisQueue,
  { id, failure, token, lockMs }: Cancellation,
): Promise<CancelReply> {
  const { keys } = queue
  const jobKey = `${keyOf(keys, '')}${id}`
  const reply = await run(
    await queue.client(),
    [jobKey, `${jobKey}:lock`, ...keysOf(keys, keyNames)],
    [id, failure, token, lockMs, keyOf(keys, 'canceled')],
  )
  return reply as CancelReply
}
