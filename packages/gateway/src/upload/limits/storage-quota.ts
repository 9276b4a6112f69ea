import type { BlobStore } from '@jackalope/blob-store'
import { type RequestUser, videoIdOfJob } from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import type { Conversions } from '../../jobs/conversions.ts'
import { hasEnded } from '../../jobs/job-view.ts'
import { countStored } from './count-stored.ts'
import { isGuest } from './guest-limits.ts'
import type { OtherUploads } from './running-uploads.ts'

/** Whose limits are asked for. */
type LimitedUser = Pick<RequestUser, 'id' | 'roles'>

/** What one user may store and have in work. `Infinity` is no limit. */
export interface StorageLimits {
  /** Bytes of uploaded files and audio together. */
  maxBytes: number
  /** Jobs that have not ended. */
  maxJobs: number
}

export interface StorageQuota {
  /** What this user may store and have in work. */
  limitsOf(user: LimitedUser): StorageLimits
  /** How many bytes an upload may store, at most those that it wants.
   *  @param upload - `leastBytes`: what it stores in any case
   *  @throws {HttpProblem} 413 when the least do not fit, 429 when the user has too many open jobs */
  allow(
    user: LimitedUser,
    upload: { leastBytes: number; wantedBytes: number },
    others: OtherUploads,
  ): Promise<AllowedUpload>
  /** Resolves when the user may have another job that has not ended. Uploads that are not complete are jobs to come.
   *  @param others - what else is about to become a job
   *  @throws {HttpProblem} 429 */
  checkOpenJobs(user: LimitedUser, others: Pick<OtherUploads, 'count'>): Promise<void>
  /** How many of the user's jobs have not ended. */
  countOpenJobs(ownerId: string): Promise<number>
}

export interface StorageQuotaDeps {
  videos: BlobStore
  audios: BlobStore
  conversions: Pick<Conversions, 'openJobs'>
}

export interface AllowedUpload {
  maxBytes: number
  /** What is wrong with a file that has more bytes. */
  tooLarge(): HttpProblem | undefined
}

/** Jobs that are looked at in the store at a time. */
const pageSize = 100

/** When a client with too many jobs should try again, in seconds. */
const retryAfterSeconds = 30

export function createStorageQuota(
  limits: { users: StorageLimits; guests: StorageLimits },
  { videos, audios, conversions }: StorageQuotaDeps,
): StorageQuota {
  const limitsOf = (user: LimitedUser) => (isGuest(user) ? limits.guests : limits.users)

  async function checkOpenJobs(user: LimitedUser, others: Pick<OtherUploads, 'count'>): Promise<void> {
    if (limitsOf(user).maxJobs === Number.POSITIVE_INFINITY) return
    const { incomplete } = await videos.usage({ ownerId: user.id })
    await checkJobs(user, others.count + incomplete)
  }

  /** @param openUploads - uploads that will become jobs */
  async function checkJobs(user: LimitedUser, openUploads: number): Promise<void> {
    const { maxJobs } = limitsOf(user)
    if (maxJobs === Number.POSITIVE_INFINITY) return
    const ids = await conversions.openJobs(user.id)
    if (openUploads + ids.length < maxJobs) return
    const open = openUploads + (await countOpen(ids, maxJobs - openUploads))
    if (open >= maxJobs) throw tooManyOpenJobs(open, maxJobs)
  }

  /** Counts the jobs that have not ended by their videos: Redis hears of an end last, and may have been set back.
   *  @param enough - where the count may end */
  async function countOpen(ids: readonly string[], enough: number): Promise<number> {
    let open = 0
    for (let from = 0; from < ids.length && open < enough; from += pageSize) {
      const videoIds = ids.slice(from, from + pageSize).map(id => videoIdOfJob(id) ?? '')
      for await (const video of videos.list({ ids: videoIds })) if (!hasEnded(video)) open += 1
    }
    return open
  }

  return {
    limitsOf,
    checkOpenJobs,
    countOpenJobs: async ownerId => countOpen(await conversions.openJobs(ownerId), Number.POSITIVE_INFINITY),
    async allow(user, { leastBytes, wantedBytes }, others) {
      const { maxBytes, maxJobs } = limitsOf(user)
      const isUnlimited = { maxBytes: wantedBytes, tooLarge: () => undefined }
      if (maxBytes === Number.POSITIVE_INFINITY && maxJobs === Number.POSITIVE_INFINITY) return isUnlimited
      const stored = await countStored(user.id, { videos, audios })
      await checkJobs(user, others.count + stored.incomplete)
      if (maxBytes === Number.POSITIVE_INFINITY) return isUnlimited
      const storedBytes = stored.bytes + others.bytes
      const left = maxBytes - storedBytes
      const tooLarge = () => quotaExceeded({ storedBytes, maxBytes })
      if (left <= 0 || leastBytes > left) throw tooLarge()
      return {
        maxBytes: Math.min(wantedBytes, left),
        tooLarge: () => (left < wantedBytes ? tooLarge() : undefined),
      }
    },
  }
}

function quotaExceeded({ storedBytes, maxBytes }: { storedBytes: number; maxBytes: number }): HttpProblem {
  return problem(uploads.storageQuotaExceeded, {
    detail: `You store ${storedBytes} bytes, and may store ${maxBytes}: the file does not fit. Delete jobs, or wait until files expire.`,
    extensions: { storedBytes, maxBytes },
  })
}

function tooManyOpenJobs(openJobs: number, maxJobs: number): HttpProblem {
  return problem(uploads.tooManyOpenJobs, {
    detail: `You have ${openJobs} jobs that have not ended, and may have ${maxJobs}. Wait until one has ended.`,
    extensions: { openJobs, maxJobs },
    headers: { 'Retry-After': String(retryAfterSeconds) },
  })
}
