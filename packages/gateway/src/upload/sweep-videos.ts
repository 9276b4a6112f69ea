import type { BlobStore } from '@jackalope/blob-store'
import type { Logger } from 'pino'

const hourMs = 3_600_000

/** Removes, now and once an hour, the videos that killed gateways left half-written.
 *  @param signal - ends it. */
export function sweepVideos(videos: BlobStore, { logger, signal }: { logger: Logger; signal: AbortSignal }) {
  const sweep = async () => {
    try {
      const removed = await videos.sweepUnfinished(new Date(Date.now() - hourMs))
      if (removed > 0) logger.info({ removed }, 'removed half-written videos')
    } catch (error) {
      logger.warn({ err: error }, 'could not look for half-written videos')
    }
  }
  const timer = setInterval(sweep, hourMs).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  void sweep()
}
