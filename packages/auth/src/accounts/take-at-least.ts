import { setTimeout as delay } from 'node:timers/promises'

/** Shortest time of answers that must not tell who is registered, in milliseconds: longer than the work takes. */
export const evenMs = 500

/** Does the work, and settles as it does, but no sooner than after a time: how long the work took is not to be seen. Work
 *  that takes longer ends at a multiple of that time. */
export async function takeAtLeast<T>(timeMs: number, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    const tookMs = performance.now() - startedAt
    await delay(Math.ceil(tookMs / timeMs) * timeMs - tookMs)
  }
}
