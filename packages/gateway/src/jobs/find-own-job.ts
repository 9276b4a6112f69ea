import type { BlobInfo } from '@jackalope/blob-store'
import { conversionResult, type JobView, videoIdOfJob } from '@jackalope/contracts'
import { jobs } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { AppDeps } from '../app-deps.ts'
import { viewJob } from './job-view.ts'

export type JobDeps = Pick<AppDeps, 'videos' | 'conversions'>

/** Finds one of the user's own jobs.
 *  @throws {HttpProblem} 404, the same for an unknown job and for another user's */
export async function findOwnJob(
  jobId: string,
  userId: string,
  { videos, conversions }: JobDeps,
): Promise<JobView> {
  const video = await videos.stat(videoIdOfJob(jobId) ?? '')
  if (video?.metadata.ownerId !== userId || !video)
    throw problem(jobs.jobUnknown, { detail: 'You have no such job.' })
  return readJob(video, conversions)
}

/** Adds Redis' record of a video's conversion. */
export async function readJob(video: BlobInfo, conversions: AppDeps['conversions']): Promise<JobView> {
  const known = await conversions.find(video.id).catch(error => {
    // A finished conversion is shown without Redis.
    if (conversionResult.safeParse(video.metadata.result).success) return undefined
    throw error
  })
  return viewJob(video, known)
}
