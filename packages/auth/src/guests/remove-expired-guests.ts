import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { removeInBatches } from '../database/clean-up-hourly.ts'
import type { Guests } from './guests.ts'

/** Longest time between two looks for guests whose time is over, in milliseconds. Jitter keeps replicas apart. */
const maxIntervalMs = 60_000

/** Removes guests soon after their time is over, until `signal` is aborted. A failure is logged; the next round tries again.
 *  It goes on when guests are not taken any more: there may be some left.
 *  @param keptMs - how long a guest is kept, in milliseconds */
export async function removeExpiredGuests(
  guests: Pick<Guests, 'removeExpired'>,
  { keptMs, logger, signal }: { keptMs: number; logger: Logger; signal: AbortSignal },
): Promise<void> {
  const intervalMs = Math.min(maxIntervalMs, keptMs)
  while (!signal.aborted) {
    try {
      const removed = await removeInBatches(guests.removeExpired, signal)
      if (removed > 0) logger.info({ removed }, 'removed guests whose time was over')
    } catch (error) {
      logger.warn({ err: error }, 'guests whose time is over were not removed')
    }
    await delay(intervalMs * (0.75 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => {})
  }
}
