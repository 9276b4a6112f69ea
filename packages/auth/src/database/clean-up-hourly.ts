import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

/** Time between two rounds, in milliseconds. Jitter keeps replicas from deleting at the same moment. */
const intervalMs = 60 * 60_000
/** Rows that one statement removes: it holds locks for milliseconds only. */
const batchSize = 500
/** Most statements of a round; the rest waits for the next one. */
const maxBatches = 200

export interface CleanUp {
  /** What is removed, for the log. */
  what: string
  /** Removes at most `limit` rows; gives their number. */
  remove(limit: number): Promise<number>
}

/** Removes what has expired, once an hour and in small batches, until `signal` is aborted. A failure is logged; the next
 *  round tries again. */
export async function cleanUpHourly(
  tasks: readonly CleanUp[],
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    for (const { what, remove } of tasks) {
      try {
        const removed = await removeInBatches(remove, signal)
        if (removed > 0) logger.info({ removed }, `removed expired ${what}`)
      } catch (error) {
        logger.warn({ err: error }, `expired ${what} were not removed`)
      }
    }
    const waitMs = intervalMs * (0.75 + Math.random() / 2)
    await delay(waitMs, undefined, { signal, ref: false }).catch(() => {})
  }
}

/** Gives the number of removed rows. */
export async function removeInBatches(remove: CleanUp['remove'], signal: AbortSignal): Promise<number> {
  let removed = 0
  for (let batch = 0; batch < maxBatches && !signal.aborted; batch += 1) {
    const count = await remove(batchSize)
    removed += count
    if (count < batchSize) break
  }
  return removed
}
