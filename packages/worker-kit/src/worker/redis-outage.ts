import { isNotConnectionError } from 'bullmq'

/** Redis' words for what passes: a slow script, full memory, loading, a replica, failing snapshots, too few replicas, a
 *  cluster that is rearranged (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors). */
const TEMPORARY_REPLY =
  /^(?:BUSY|OOM|LOADING|READONLY|MASTERDOWN|MISCONF|NOREPLICAS|CLUSTERDOWN|TRYAGAIN|UNKILLABLE)\b/

/** What Redis 6 puts before the reply to a command of a script. */
const SCRIPT_PREFIX = /^(?:ERR Error running script \(call to \S+\): )?(?:@user_script: ?\d+: )*-?/

/** What ioredis says of a connection or a command that it has given up. */
const LOST_CONNECTION =
  /Connection is closed|Command timed out|ECONNRESET|EPIPE|ETIMEDOUT|Stream isn't writeable/

/** Whether Redis may take the same command later: its connection was lost, or it refuses commands for a while. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (!isNotConnectionError(error)) return true
  const reply = error.message.replace(SCRIPT_PREFIX, '')
  return TEMPORARY_REPLY.test(reply) || LOST_CONNECTION.test(error.message)
}

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000

/** Waits between attempts: 0.1 s, doubling up to 5 s, each shortened by up to a half at random. */
export function backoffMs(failedAttempts: number): number {
  const fullMs = Math.min(FIRST_WAIT_MS * 2 ** (failedAttempts - 1), LONGEST_WAIT_MS)
  return Math.round(fullMs * (1 - Math.random() / 2))
}
