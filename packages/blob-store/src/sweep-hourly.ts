import type { BlobStore, StoreLogger } from './blob-store.ts'

const hourMs = 3_600_000

/** Receives what a sweep reports. A pino logger fits. */
export interface SweepLogger extends StoreLogger {
  info(details: object, message: string): void
}

export interface SweepHourlyOptions {
  /** What the store holds, for the log: `videos`. */
  what: string
  logger: SweepLogger
  /** Aborting ends the sweeps. */
  signal: AbortSignal
}

/** Removes blobs that killed processes left half-written, now and once an hour. A blob is removed when its last
 *  heartbeat is over an hour old. Failures are logged, never thrown. */
export function sweepHourly(
  store: Pick<BlobStore, 'sweepUnfinished'>,
  { what, logger, signal }: SweepHourlyOptions,
): void {
  const sweep = async () => {
    try {
      const removed = await store.sweepUnfinished(new Date(Date.now() - hourMs))
      if (removed > 0) logger.info({ removed }, `removed half-written ${what}`)
    } catch (error) {
      logger.warn({ err: error }, `could not look for half-written ${what}`)
    }
  }
  const timer = setInterval(sweep, hourMs).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  void sweep()
}
