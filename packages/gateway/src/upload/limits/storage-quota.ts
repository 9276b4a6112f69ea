import type { BlobStore } from '@jackalope/blob-store'
import { readEnd, resultField } from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import type { OtherUploads } from './running-uploads.ts'

/** What one user may store and have in work. `Infinity` is no limit. */
export interface StorageLimits {
  /** Bytes of uploaded files and audio together. */
  maxBytes: number
  /** Jobs that have not ended. */
  maxJobs: number
}

export interface StorageQuota {
  /** How many bytes an upload may store, at most those that it wants.
   *  @param upload - `leastBytes`: what it stores in any case
   *  @throws {HttpProblem} 413 when the least do not fit, 429 when the user has too many open jobs */
  allow(
    ownerId: string,
    upload: { leastBytes: number; wantedBytes: number },
    others: OtherUploads,
  ): Promise<AllowedUpload>
}

export interface AllowedUpload {
  maxBytes: number
  /** What is wrong with a file that has more bytes. */
  tooLarge(): HttpProblem | undefined
}

/** When a client with too many jobs should try again, in seconds. */
const retryAfterSeconds = 30

export function createStorageQuota(
  { maxBytes, maxJobs }: StorageLimits,
  { videos, audios }: { videos: BlobStore; audios: BlobStore },
): StorageQuota {
  async function checkJobs(ownerId: string, openUploads: number): Promise<void> {
    let open = openUploads
    const filter = { metadata: { ownerId }, lacks: [resultField], hasContent: true }
    for await (const { metadata } of videos.list(filter)) if (readEnd(metadata) === undefined) open += 1
    if (open >= maxJobs) throw tooManyOpenJobs(open, maxJobs)
  }

  return {
    async allow(ownerId, { leastBytes, wantedBytes }, others) {
      const isUnlimited = { maxBytes: wantedBytes, tooLarge: () => undefined }
      if (maxBytes === Number.POSITIVE_INFINITY && maxJobs === Number.POSITIVE_INFINITY) return isUnlimited
      const [files, audio] = await Promise.all([videos.usage({ ownerId }), audios.usage({ ownerId })])
      if (maxJobs !== Number.POSITIVE_INFINITY) await checkJobs(ownerId, others.count + files.incomplete)
      if (maxBytes === Number.POSITIVE_INFINITY) return isUnlimited
      const storedBytes = files.sizeBytes + audio.sizeBytes + others.bytes
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
