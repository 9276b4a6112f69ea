import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

export interface WaitOptions {
  logger: Logger
  /** Ends the waiting: `shutdown` of `runService`. */
  signal?: AbortSignal
  /** Wait after the first failure, in milliseconds; doubles with each. @default 250 */
  minDelayMs?: number
  /** Longest wait, in milliseconds. @default 5_000 */
  maxDelayMs?: number
  /** Failures that waiting will not cure; they are thrown at once. @default none */
  isPermanent?: (error: unknown) => boolean
}

/** Tries until it works, for servers that may start later than we do: `await waitFor('the user database', connect,
 *  { logger, signal })`. Gives what the attempt gives.
 *  @throws the signal's reason once it is aborted, or the attempt's error if that is permanent. */
export async function waitFor<T>(name: string, attempt: () => Promise<T>, options: WaitOptions): Promise<T> {
  const { logger, signal, minDelayMs = 250, maxDelayMs = 5_000, isPermanent = () => false } = options
  const startedAt = performance.now()
  for (let failures = 0; ; failures += 1) {
    signal?.throwIfAborted()
    try {
      const result = await attempt()
      if (failures > 0)
        logger.info({ waitedMs: Math.round(performance.now() - startedAt) }, `${name} is there`)
      return result
    } catch (error) {
      if (isPermanent(error)) throw error
      const fullMs = Math.min(minDelayMs * 2 ** failures, maxDelayMs)
      // The stack is the same each time: once is enough.
      const fields =
        failures === 0 ? { err: error } : { reason: error instanceof Error ? error.message : error }
      logger.warn(fields, `waiting for ${name}`)
      // Jitter keeps services that lost the same server from coming back in step.
      await delay(fullMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
    }
  }
}
