import { setTimeout as delay } from 'node:timers/promises'

/** Looks until there is something to see.
 *  @throws {Error} after 60 seconds. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const giveUpAt = performance.now() + 60_000
  while (performance.now() < giveUpAt) {
    const seen = await look()
    if (seen) return seen
    await delay(50)
  }
  throw new Error(`Waited 60 s in vain for ${what}`)
}
