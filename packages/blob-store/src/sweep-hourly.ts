import type { BlobStore, StoreLogger } from './blob-store.ts'

const hourMs = 3_600_000

/** Takes what a sweep reports; pino's loggers fit. */
export interface SweepLogger extends StoreLogger {
  info(details: object, message: string): void
}

export interface SweepHourlyOptions {
  /** What the store holds, for the log: `videos`. */
  what: string
  logger: SweepLogger
  /** Ends the sweeping. */
  signal: AbortSignal
}

/** Removes, now and once an hour, blobs that killed processes left half-written. A blob is removed when its writer
 *  has given no sign of life for an hour. Failures are logged, never thrown. */
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
