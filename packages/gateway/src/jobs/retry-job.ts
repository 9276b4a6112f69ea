import { randomUUID } from 'node:crypto'
import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import {
  isEnded,
  type JobView,
  maxRetries,
  type RequestUser,
  readResult,
  retriesOf,
  retryField,
  sourceExpiry,
} from '@jackalope/contracts'
import { jobs, uploads } from '@jackalope/contracts/api'
import { type EndpointHandler, HttpProblem, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { findOwnVideo, type JobDeps, readDetails, readJobs } from './find-own-job.ts'

export type RetryDeps = JobDeps & {
  /** `undefined`: it counts against nobody's limits. */
  uploadLimits: Pick<AppDeps['uploadLimits'], 'storage' | 'running'> | undefined
}

/** `POST /jobs/:id/retry`: puts a failed or canceled job into line again, or one that Redis has lost. */
export function retryJob(deps: RetryDeps): EndpointHandler<typeof jobs.retryJob, UserState> {
  return async (ctx, { params }) => {
    const video = await findOwnVideo(params.id, ctx.state.userId, deps)
    if (video.contentRemovedAt && !readResult(video.metadata))
      throw sourceIsGone(video.contentRemovedAt.toISOString())
    const [before] = (await readJobs([video], deps.conversions)) as [JobView]
    const isRetried = !before.result && (await beginRetry(video, before, deps, ctx.state.user))
    const job = await readDetails(await findOwnVideo(params.id, ctx.state.userId, deps), deps.conversions)
    if (!isRetried)
      throw problem(jobs.jobNotRetryable, {
        detail:
          isEnded(job.state) && !job.result
            ? `The job was tried again ${maxRetries} times. Upload the file again.`
            : `The job is ${job.state}. Only a job that failed or was canceled can be tried again.`,
        extensions: { state: job.state },
      })
    ctx.status = 202
    ctx.set('Cache-Control', 'no-store')
    ctx.body = job
  }
}

/** A job that has ended begins a new round, if its owner may have another job that has not ended.
 *  @param owner - whose limits count
 *  @returns whether the job is in line now */
export async function beginRetry(
  video: BlobInfo,
  before: JobView,
  { videos, conversions, uploadLimits }: RetryDeps,
  owner: Pick<RequestUser, 'id' | 'roles'> = { id: String(video.metadata.ownerId), roles: [] },
): Promise<boolean> {
  const retries = retriesOf(video.metadata)
  if (!isEnded(before.state)) return await conversions.retry(video, retries)
  const number = retries + 1
  if (number > maxRetries) return false
  // Counted before it is looked whether it may begin: of many at once, also at other replicas, no more begin than may.
  const counted = await uploadLimits?.running.begin({
    ...{ subject: video.id, ownerId: owner.id },
    ...{ bytes: 0, remainingBytes: () => 0 },
  })
  try {
    if (counted) await uploadLimits?.storage.checkOpenJobs(owner, counted.others)
    return await claimRetry(video, number, { videos, conversions })
  } catch (error) {
    // What uses up the limit may be this round, which another request has begun meanwhile.
    if (isTooManyJobs(error) && (await hasBegun(video, number, videos))) return false
    throw error
  } finally {
    await counted?.end()
  }
}

function isTooManyJobs(error: unknown): boolean {
  return error instanceof HttpProblem && error.code === uploads.tooManyOpenJobs.code
}

async function hasBegun({ id }: BlobInfo, number: number, videos: BlobStore): Promise<boolean> {
  const video = await videos.stat(id)
  return video !== undefined && retriesOf(video.metadata) >= number
}

/** Begins a round, in the video's metadata first: what ended the last one does not count any more. Of several requests at once, one
 *  begins it. */
async function claimRetry(
  video: BlobInfo,
  number: number,
  { videos, conversions }: Pick<RetryDeps, 'videos' | 'conversions'>,
): Promise<boolean> {
  const mine = { by: randomUUID(), at: new Date().toISOString() }
  const claimed = await videos.claimMetadata<unknown>(video.id, retryField(number), mine)
  const expiry = sourceExpiry.safeParse(claimed)
  if (expiry.success) throw sourceIsGone(expiry.data.expiredAt)
  if ((claimed as typeof mine).by !== mine.by) return false
  // An older copy of Redis may have the job in line already.
  await conversions.retry(video, number)
  return true
}

function sourceIsGone(removedAt: string) {
  return problem(jobs.sourceExpired, {
    detail: 'The uploaded file was removed, since its time was over. Upload it again.',
    extensions: { removedAt },
  })
}
