import type { UsageList, UserUsage } from '@jackalope/contracts'
import type { adminStorage } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import { largestFirst } from '../../upkeep/census/count-usage.ts'
import type { AdminDeps } from '../admin-deps.ts'
import { nullIfNone } from './null-if-none.ts'

type UsageDeps = Pick<AdminDeps, 'videos' | 'audios' | 'censusMemory' | 'limits' | 'uploadLimits'>

/** Users whose files are counted at a time. */
const atOnce = 10

/** `GET /admin/usage`: what some users store now. Who stores most, the upkeep has found. */
export function listUsage(deps: UsageDeps): EndpointHandler<typeof adminStorage.listUsage, UserState> {
  const { censusMemory, limits } = deps
  return async (ctx, { query: { users: named, limit, before } }) => {
    const shown = {
      maxStoredBytes: nullIfNone(limits.MAX_STORED_BYTES_PER_USER),
      maxOpenJobs: nullIfNone(limits.MAX_OPEN_JOBS_PER_USER),
    }
    ctx.set('Cache-Control', 'no-store')
    if (named) {
      ctx.body = { users: await usageOf([...new Set(named)], deps), ...shown } satisfies UsageList
      return
    }
    const counted = await censusMemory.recall()
    const { page, next } = cutPage(counted?.largest ?? [], limit, before)
    ctx.body = {
      users: await usageOf(
        page.map(([id]) => id),
        deps,
      ),
      ...shown,
      countedAt: counted?.at,
      next: next && `/admin/usage?${new URLSearchParams({ limit: String(limit), before: next })}`,
    } satisfies UsageList
  }
}

type Place = readonly [id: string, bytes: number]

/** @param before - bytes and id of the last user of the page before */
export function cutPage(
  largest: readonly Place[],
  limit: number,
  before?: string,
): { page: readonly Place[]; next?: string } {
  const dash = before?.indexOf('-') ?? 0
  const last: Place | undefined = before ? [before.slice(dash + 1), Number(before.slice(0, dash))] : undefined
  // The order may have been found anew since: whoever comes after the last one is shown.
  const rest = last ? largest.filter(place => largestFirst(last, place) < 0 && place[0] !== last[0]) : largest
  const page = rest.slice(0, limit)
  const end = page.at(-1)
  return rest.length > limit && end ? { page, next: `${end[1]}-${end[0]}` } : { page }
}

async function usageOf(ids: readonly string[], deps: UsageDeps): Promise<UserUsage[]> {
  const usages: UserUsage[] = []
  for (let from = 0; from < ids.length; from += atOnce)
    usages.push(...(await Promise.all(ids.slice(from, from + atOnce).map(id => usageOfUser(id, deps)))))
  return usages
}

async function usageOfUser(userId: string, { videos, audios, uploadLimits }: UsageDeps): Promise<UserUsage> {
  const owned = { ownerId: userId }
  const [sources, results, openJobs] = await Promise.all([
    videos.usage(owned),
    audios.usage(owned),
    uploadLimits.storage.countOpenJobs(userId),
  ])
  return {
    userId,
    storedBytes: sources.sizeBytes + results.sizeBytes,
    files: sources.blobs + results.blobs,
    openJobs: openJobs + sources.incomplete,
  }
}
