import { type BlobInfo, type BlobStore, BlobStoreError } from '@jackalope/blob-store'
import { isEnded, readEnd, readResult, retriesOf, retryField, sourceExpiry } from '@jackalope/contracts'
import { pagesOf } from './pages-of.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

/** Removes the uploaded files whose time is over. Their jobs stay listed. The file of a job that has not ended, or that its owner has
 *  tried again meanwhile, stays, however old it is. */
export async function expireSources(
  { videos, conversions, retention: { sourceMs } }: UpkeepDeps,
  { now, report, signal }: UpkeepRun,
): Promise<void> {
  if (sourceMs === undefined) return
  const filter = { storedBefore: new Date(now - sourceMs), hasContent: true }
  for await (const page of pagesOf(videos, filter, signal))
    for (const video of await keepEnded(page, conversions)) {
      signal.throwIfAborted()
      if (!(await claimExpiry(video, videos, now)) || !(await videos.removeContent(video.id))) continue
      report.sources.count += 1
      report.sources.sizeBytes += video.sizeBytes
    }
}

/** Claims that the file goes, where a retry would claim that it is needed: of the two the first stands.
 *  @returns whether it goes */
async function claimExpiry(
  { id, metadata }: BlobInfo,
  videos: Pick<BlobStore, 'claimMetadata'>,
  now: number,
): Promise<boolean> {
  // A completed job is not tried again.
  if (readResult(metadata)) return true
  const mine = { expiredAt: new Date(now).toISOString() }
  try {
    const claimed = await videos.claimMetadata<unknown>(id, retryField(retriesOf(metadata) + 1), mine)
    return sourceExpiry.safeParse(claimed).success
  } catch (error) {
    if (error instanceof BlobStoreError && error.code === 'ERR_BLOB_NOT_FOUND') return false
    throw error
  }
}

async function keepEnded(
  videos: readonly BlobInfo[],
  conversions: UpkeepDeps['conversions'],
): Promise<BlobInfo[]> {
  const isClaimed = ({ metadata }: BlobInfo) =>
    readResult(metadata) !== undefined || readEnd(metadata) !== undefined
  const rest = videos.filter(video => !isClaimed(video))
  // Earlier versions told the end of a failed job to Redis alone.
  const known = rest.length === 0 ? [] : await conversions.findAll(rest.map(({ id }) => id))
  const open = new Set(rest.filter((_, index) => !isEnded(known[index]?.state ?? 'unknown')))
  return videos.filter(video => !open.has(video))
}
