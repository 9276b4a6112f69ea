import { delay } from './real-timers.ts'

/** Longest time that a timer of Node.js takes, in milliseconds: 24.8 days. A longer timer ends at once. */
export const LONGEST_TIMER_MS = 2_147_483_647

/** Waits for a promise, but not for longer than a time.
 *  @param limitMs - in milliseconds; from 0 to 2,147,483,647, or `Infinity`: no limit
 *  @param onLimit - gives the result when the time is over first; may throw instead. The promise is then left alone: its
 *    rejection is ignored. */
export async function withTimeLimit<T, L>(
  promise: PromiseLike<T>,
  limitMs: number,
  onLimit: () => L | PromiseLike<L>,
): Promise<T | L> {
  if (limitMs === Number.POSITIVE_INFINITY) return promise
  const waiting = new AbortController()
  const limit = delay(limitMs, undefined, { signal: waiting.signal }).then(onLimit)
  // Only the first to settle is heard.
  limit.catch(() => undefined)
  try {
    return await Promise.race([promise, limit])
  } finally {
    waiting.abort()
  }
}
