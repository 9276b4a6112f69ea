import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

export interface WaitOptions {
  logger: Logger
  /** Aborting ends the wait: `shutdown` of `runService`. */
  signal?: AbortSignal
  /** Wait after the first failure, in milliseconds; doubles with each. @default 250 */
  minDelayMs?: number
  /** Longest wait, in milliseconds. @default 5_000 */
  maxDelayMs?: number
  /** Whether an error is permanent: it is thrown at once. @default none is */
  isPermanent?: (error: unknown) => boolean
}

/** Repeats an attempt until it succeeds, for servers that start later than the service: `await waitFor('the user
 *  database', connect, { logger, signal })`. Resolves with the attempt's result.
 *  @throws the signal's reason when it is aborted, or the attempt's error when it is permanent */
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
      // The stack is logged once: it is the same each time.
      const fields =
        failures === 0 ? { err: error } : { reason: error instanceof Error ? error.message : error }
      logger.warn(fields, `waiting for ${name}`)
      // Jitter: services that lost the same server must not reconnect at the same moment.
      await delay(fullMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
    }
  }
}
