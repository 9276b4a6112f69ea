import type { JobJson } from 'bullmq'
import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import { parseJobHash } from '../stamped-job.ts'

const keyNames = ['clock', 'moved-on']

/** The hash of the job, its lock, then those. */
const run = luaCommand('begin-dead-letter', 2 + keyNames.length)

/** Notes that a dead letter is being written for a job that is about to fail for good (R9), and renews the job's lock.
 *  @param failure.token - lock token of the caller; "0" asks for no lock
 *  @param lockDurationMs - how long the lock lasts from now on, in milliseconds
 *  @returns the job, and the stamp of the letter; `undefined` when the job is gone or is not the caller's */
export async function beginDeadLetter(
  queue: RedisQueue,
  { jobId, token }: { jobId: string; token: string },
  lockDurationMs: number,
): Promise<{ job: JobJson; stamp: string } | undefined> {
  const jobKey = `${keyOf(queue.keys, '')}${jobId}`
  const keys = [jobKey, `${jobKey}:lock`, ...keysOf(queue.keys, keyNames)]
  const [hash, stamp] = (await run(await queue.client(), keys, [token, lockDurationMs])) as [
    hash?: string[],
    stamp?: string,
  ]
  return hash && stamp ? { job: { ...parseJobHash(hash, jobId), id: jobId }, stamp } : undefined
}
