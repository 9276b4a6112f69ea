import type { BlobInfo } from '@jackalope/blob-store'
import { type JobView, jobIdOfVideo } from '@jackalope/contracts'
import type { Context } from 'koa'
import type { Logger } from 'pino'
import type { AppDeps } from '../app-deps.ts'
import { viewNewJob } from '../jobs/job-view.ts'

export type StartDeps = Pick<AppDeps, 'videos' | 'conversions' | 'publicUrl' | 'logger'>

/** Adds the job of a stored video, and answers 202. If the job cannot be recorded, the video is deleted: the client is
 *  told to upload again.
 *  @throws {HttpProblem} 503 */
export async function startConversion(
  ctx: Context,
  video: BlobInfo,
  { videos, conversions, publicUrl, logger }: StartDeps,
): Promise<void> {
  try {
    await conversions.add(video)
  } catch (error) {
    await discard(video.id, videos, logger)
    throw error
  }
  const jobId = jobIdOfVideo(video.id)
  logger.info({ videoId: video.id, jobId, sizeBytes: video.sizeBytes }, 'uploaded')
  ctx.status = 202
  ctx.set('Location', publicUrl(`/jobs/${jobId}`))
  ctx.body = viewNewJob(video) satisfies JobView
}

/** Deletes the video of a job that could not be recorded.
 *
 *  After a lost connection Redis may have recorded the job all the same. Deleting is right then, too: the client is told
 *  to upload again, and a job whose video was never shown fails without a mail. */
async function discard(videoId: string, videos: AppDeps['videos'], logger: Logger): Promise<void> {
  try {
    await videos.delete(videoId)
  } catch (error) {
    logger.warn({ err: error, videoId }, 'could not delete a video that has no job')
  }
}
