import type { BlobInfo } from '@jackalope/blob-store'
import {
  type AttemptRecord,
  type JobDetails,
  type JobView,
  readAttempts,
  videoIdOfJob,
} from '@jackalope/contracts'
import { jobs } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { AppDeps } from '../app-deps.ts'
import { hasEnded, readClaims, viewJob } from './job-view.ts'
import { videoOptions } from './video-options.ts'

export type JobDeps = Pick<AppDeps, 'videos' | 'conversions'>

/** Finds the video of one of the user's own jobs.
 *  @throws {HttpProblem} 404, the same for an unknown job and for another user's */
export async function findOwnVideo(
  jobId: string,
  userId: string,
  { videos }: Pick<JobDeps, 'videos'>,
): Promise<BlobInfo> {
  const video = await videos.stat(videoIdOfJob(jobId) ?? '')
  if (video?.metadata.ownerId !== userId || !video)
    throw problem(jobs.jobUnknown, { detail: 'You have no such job.' })
  return video
}

/** Finds one of the user's own jobs.
 *  @throws {HttpProblem} 404, the same for an unknown job and for another user's */
export async function findOwnJob(jobId: string, userId: string, deps: JobDeps): Promise<JobView> {
  const video = await findOwnVideo(jobId, userId, deps)
  const [job] = await readJobs([video], deps.conversions)
  return job as JobView
}

/** Adds Redis' records of the videos' conversions, which are read at once. */
export async function readJobs(
  videos: readonly BlobInfo[],
  conversions: AppDeps['conversions'],
): Promise<JobView[]> {
  const known = await conversions.findAll(videos.map(({ id }) => id)).catch(error => {
    // Finished conversions are shown without Redis.
    if (videos.every(hasEnded)) return []
    throw error
  })
  const idleSince = conversions.idleSince()
  return videos.map((video, index) => viewJob(video, known[index], idleSince))
}

/** Adds what is shown of a single job only. */
export async function readDetails(video: BlobInfo, conversions: AppDeps['conversions']): Promise<JobDetails> {
  const [job] = (await readJobs([video], conversions)) as [JobView]
  const [lines, placeInLine] = await Promise.all([
    conversions.logOf(video.id),
    job.state === 'waiting' ? conversions.placeInLine(video.id) : undefined,
  ]).catch(error => {
    if (hasEnded(video)) return [[], undefined] as const
    throw error
  })
  return {
    ...job,
    placeInLine,
    options: videoOptions(video),
    history: readAttempts(lines, job.state !== 'active', lastAttemptOf(video)),
  }
}

/** The attempt that ended a conversion; `undefined` if it was not one that ended it. */
function lastAttemptOf(video: BlobInfo): AttemptRecord | undefined {
  const { end, last } = readClaims(video)
  if (!last?.startedAt) return undefined
  const { attemptsMade: attempt, startedAt, finishedAt: endedAt } = last
  return { attempt, startedAt, endedAt, reason: end?.error, explanation: end?.explanation }
}
