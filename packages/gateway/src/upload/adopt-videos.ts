import type { BlobStore } from '@jackalope/blob-store'
import type { Logger } from 'pino'
import type { AppDeps } from '../app-deps.ts'
import type { Conversions } from '../jobs/conversions.ts'

const minuteMs = 60_000

/** Age at which a video must have its job, in milliseconds: its upload tries for some seconds. */
const adoptableMs = 2 * minuteMs

/** Older videos are left alone, in milliseconds: Redis may have forgotten their jobs with good reason. */
const tooOldMs = 24 * 60 * minuteMs

/** How often to look, in milliseconds. */
const intervalMs = 5 * minuteMs

export type AdoptDeps = { videos: BlobStore; conversions: Pick<Conversions, 'add' | 'find'>; logger: Logger }

/** Adds the jobs of videos that have none: their gateway was killed after it had stored them, or Redis and then the store
 *  were away. Adding a job that another gateway adds, too, is harmless: its id is made of the video's.
 *  @returns how many were added
 *  @throws {HttpProblem} 503
 *  @throws {BlobStoreError} */
export async function adoptVideos(
  { videos, conversions, logger }: AdoptDeps,
  now = Date.now(),
): Promise<number> {
  let added = 0
  const wanted = {
    storedSince: new Date(now - tooOldMs),
    storedBefore: new Date(now - adoptableMs),
    lacks: ['result'],
  }
  for await (const video of videos.list(wanted)) {
    if (await conversions.find(video.id)) continue
    await conversions.add(video)
    logger.info({ videoId: video.id }, 'added the job of a video that had none')
    added += 1
  }
  return added
}

/** Looks for such videos now and then. Failures are logged, never thrown.
 *  @param takeTurn - whether it is this process' turn: of several gateways one is enough */
export function adoptRegularly(
  deps: AdoptDeps & Pick<AppDeps, 'shutdown'>,
  takeTurn: (intervalMs: number) => Promise<boolean>,
): void {
  const { logger, shutdown } = deps
  let isRunning = false
  const adopt = async () => {
    if (isRunning) return
    isRunning = true
    try {
      if (await takeTurn(intervalMs)) await adoptVideos(deps)
    } catch (error) {
      logger.warn({ err: error }, 'could not look for videos without a job')
    } finally {
      isRunning = false
    }
  }
  const timer = setInterval(adopt, intervalMs).unref()
  shutdown.addEventListener('abort', () => clearInterval(timer), { once: true })
}
