import type { BlobInfo } from '@jackalope/blob-store'
import { isEnded, readEnd, readResult } from '@jackalope/contracts'
import { pagesOf } from './pages-of.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

/** Removes the uploaded files whose time is over. Their jobs stay listed. The file of a job that has not ended stays,
 *  however old it is. */
export async function expireSources(
  { videos, conversions, retention: { sourceMs } }: UpkeepDeps,
  { now, report, signal }: UpkeepRun,
): Promise<void> {
  if (sourceMs === undefined) return
  const filter = { storedBefore: new Date(now - sourceMs), hasContent: true }
  for await (const page of pagesOf(videos, filter, signal))
    for (const video of await keepEnded(page, conversions)) {
      signal.throwIfAborted()
      if (!(await videos.removeContent(video.id))) continue
      report.sources.count += 1
      report.sources.sizeBytes += video.sizeBytes
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
