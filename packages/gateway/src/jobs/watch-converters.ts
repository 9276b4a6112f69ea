import { convertVideo } from '@jackalope/contracts'
import { repeat } from '@jackalope/service-kit'
import type { QueueStats } from '@jackalope/worker-kit'

/** How often the broker is asked, in milliseconds. */
const intervalMs = 5_000

export interface WatchConvertersOptions {
  queueStats: () => Promise<readonly Pick<QueueStats, 'queue' | 'broker'>[]>
  signal: AbortSignal
  /** For tests. */
  everyMs?: number
}

/** Watches whether any converter takes jobs. Those that cannot work take none, so that jobs wait although nothing runs.
 *  @returns a function that gives since when no converter has taken jobs; `undefined` while one does, and at two looks in a row
 *    at least: a converter that connects anew is no reason to say so */
export function watchConverters({
  queueStats,
  signal,
  everyMs = intervalMs,
}: WatchConvertersOptions): () => Date | undefined {
  let firstSeen: Date | undefined
  let since: Date | undefined
  const look = async () => {
    const stats = await queueStats()
    const consumers = stats.find(({ queue }) => queue === convertVideo.name)?.broker?.consumers
    // A broker that does not answer says nothing.
    if (consumers === undefined) return
    since = consumers === 0 ? firstSeen : undefined
    firstSeen = consumers === 0 ? (firstSeen ?? new Date()) : undefined
  }
  repeat(look, { intervalMs: everyMs, signal })
  return () => since
}
