import type { BlobUsage } from '@jackalope/blob-store'
import type { AppDeps } from '../../app-deps.ts'
import type { Census } from './census.ts'

/** Users whose place among the largest is remembered. */
const maxUsers = 1_000

/** Adds up what the stores hold, in all and by user. */
export async function countUsage({
  videos,
  audios,
}: Pick<AppDeps, 'videos' | 'audios'>): Promise<Pick<Census, 'stores' | 'users' | 'largest'>> {
  const [sources, results] = await Promise.all([videos.usageBy('ownerId'), audios.usageBy('ownerId')])
  const bytes = new Map<string, number>()
  for (const usages of [sources, results])
    for (const [ownerId, { sizeBytes }] of usages) bytes.set(ownerId, (bytes.get(ownerId) ?? 0) + sizeBytes)
  const largest = [...bytes].sort(largestFirst).slice(0, maxUsers)
  return { stores: { videos: sumOf(sources), audios: sumOf(results) }, users: bytes.size, largest }
}

/** Users with the same number of bytes are in the order of their ids, so that pages do not overlap. */
export function largestFirst(
  [oneId, oneBytes]: readonly [string, number],
  [otherId, otherBytes]: readonly [string, number],
): number {
  return otherBytes - oneBytes || (oneId < otherId ? -1 : 1)
}

function sumOf(usages: ReadonlyMap<string, BlobUsage>): Census['stores']['videos'] {
  const sum = { files: 0, incomplete: 0, sizeBytes: 0 }
  for (const { blobs, incomplete, sizeBytes } of usages.values()) {
    sum.files += blobs
    sum.incomplete += incomplete
    sum.sizeBytes += sizeBytes
  }
  return sum
}
