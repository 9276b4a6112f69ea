import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import { readEnd, readResult, resultField } from '@jackalope/contracts'
import type { Conversions } from '../jobs/conversions.ts'
import { expiredField } from '../jobs/expiry.ts'
import { pagesOf } from './pages-of.ts'
import type { UpkeepLogger } from './upkeep-deps.ts'

/** Age at which a video must have its job, in milliseconds: its upload tries for some seconds. */
const adoptableMs = 120_000

export interface AdoptDeps {
  videos: BlobStore
  conversions: Pick<Conversions, 'add' | 'findAll'>
  logger: Pick<UpkeepLogger, 'info'>
  /** Age at which something was left by a crash, in milliseconds. @default 120_000, which is the most */
  graceMs?: number
}

/** Adds the jobs of videos that have none: their gateway was killed after it had stored them, Redis and then the store were
 *  away, or Redis has lost them. Adding a job that another gateway adds, too, is harmless: its id is made of the video's.
 *  @returns how many were added
 *  @throws {HttpProblem} 503
 *  @throws {BlobStoreError} */
export async function adoptVideos(
  { videos, conversions, logger, graceMs = adoptableMs }: AdoptDeps,
  now = Date.now(),
  signal = new AbortController().signal,
): Promise<number> {
  let added = 0
  const storedBefore = new Date(now - Math.min(graceMs, adoptableMs))
  const add = async (open: BlobInfo[]) => {
    const known = open.length === 0 ? [] : await conversions.findAll(open.map(({ id }) => id))
    for (const [index, video] of open.entries()) {
      if (known[index]) continue
      await conversions.add(video)
      logger.info({ videoId: video.id }, 'added the job of a video that had none')
      added += 1
    }
  }
  for await (const page of withoutEnd(videos, { storedBefore, signal })) await add(page)
  for await (const page of unannounced(videos, { now, storedBefore, signal })) await add(page)
  return added
}

/** How long a job that took the audio of an earlier one is looked for, in milliseconds. */
const reusedMs = 86_400_000

/** Adds the jobs of videos that took the audio of an earlier job, if their gateway was killed between the two: they are
 *  completed, and their owners were not told. */
async function* unannounced(
  videos: BlobStore,
  { now, storedBefore, signal }: { now: number; storedBefore: Date; signal: AbortSignal },
): AsyncGenerator<BlobInfo[], void> {
  const filter = {
    storedSince: new Date(now - reusedMs),
    storedBefore,
    has: [resultField],
    lacks: [expiredField],
  }
  for await (const page of pagesOf(videos, filter, signal))
    yield page.filter(({ metadata }) => readResult(metadata)?.sameAs !== undefined)
}

async function* withoutEnd(
  videos: BlobStore,
  { storedBefore, signal }: { storedBefore: Date; signal: AbortSignal },
): AsyncGenerator<BlobInfo[], void> {
  for await (const page of pagesOf(videos, { storedBefore, lacks: [resultField], hasContent: true }, signal))
    yield page.filter(({ metadata }) => readEnd(metadata) === undefined)
}
