import type { BlobInfo } from '@jackalope/blob-store'
import { type JobView, jobIdOfVideo, readResult } from '@jackalope/contracts'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { viewNewJob } from '../jobs/job-view.ts'
import { reuseAudio } from './reuse-audio.ts'

export type StartDeps = Pick<AppDeps, 'videos' | 'audios' | 'conversions' | 'publicUrl' | 'logger'>

/** Adds the job of a stored video, and answers 202. A job whose audio exists already is added too: it is completed at once,
 *  and tells its owner as any other. If the job cannot be recorded, the video is deleted: the client is
 *  told to upload again.
 *  @throws {HttpProblem} 503 */
export async function startConversion(ctx: Context, stored: BlobInfo, deps: StartDeps): Promise<void> {
  const { conversions, publicUrl, logger } = deps
  const video = await reuseAudio(stored, deps)
  try {
    await conversions.add(video)
  } catch (error) {
    await discard(video, deps)
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
async function discard(
  { id: videoId, metadata }: BlobInfo,
  { videos, audios, logger }: StartDeps,
): Promise<void> {
  const result = readResult(metadata)
  try {
    if (result) await audios.delete(result.audioId)
    await videos.delete(videoId)
  } catch (error) {
    logger.warn({ err: error, videoId }, 'could not delete a video that has no job')
  }
}
