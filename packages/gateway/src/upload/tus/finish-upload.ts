import type { BlobInfo } from '@jackalope/blob-store'
import { jobIdOfVideo } from '@jackalope/contracts'
import type { AppDeps } from '../../app-deps.ts'

/** Makes the video of an upload visible that has all its bytes, and adds its job. Doing it again is harmless: the blob is
 *  the same, and so is the job's id.
 *  @throws {HttpProblem} 503: the client asks again, or the upkeep of videos without a job adds it */
export async function finishUpload(
  id: string,
  { videos, conversions, logger }: Pick<AppDeps, 'videos' | 'conversions' | 'logger'>,
): Promise<BlobInfo> {
  const video = await videos.resumable.complete(id)
  await ensureConversion(video, conversions)
  logger.info({ videoId: id, jobId: jobIdOfVideo(id), sizeBytes: video.sizeBytes }, 'uploaded')
  return video
}

/** Adds the job of a video, unless it has been converted. */
export async function ensureConversion(video: BlobInfo, conversions: AppDeps['conversions']): Promise<void> {
  if (video.metadata.result !== undefined) return
  await conversions.add(video)
}
