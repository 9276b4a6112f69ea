import type { BlobStore } from '@jackalope/blob-store'
import type { Logger } from 'pino'

const hourMs = 3_600_000

/** Removes, now and once an hour, the audio that killed converters left half-written.
 *  @param signal - ends it. */
export function sweepAudios(audios: BlobStore, { logger, signal }: { logger: Logger; signal: AbortSignal }) {
  const sweep = async () => {
    try {
      const removed = await audios.sweepUnfinished(new Date(Date.now() - hourMs))
      if (removed > 0) logger.info({ removed }, 'removed half-written audio files')
    } catch (error) {
      logger.warn({ err: error }, 'could not look for half-written audio files')
    }
  }
  const timer = setInterval(sweep, hourMs).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  void sweep()
}
