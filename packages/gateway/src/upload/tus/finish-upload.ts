import type { BlobInfo } from '@jackalope/blob-store'
import { jobIdOfVideo, readResult } from '@jackalope/contracts'
import type { AppDeps } from '../../app-deps.ts'
import { reuseAudio } from '../reuse-audio.ts'

/** Makes the video of an upload visible that has all its bytes, and adds its job. Doing it again is harmless: the blob is
 *  the same, and so is the job's id.
 *  @throws {HttpProblem} 503: the client asks again, or the upkeep of videos without a job adds it */
export async function finishUpload(
  id: string,
  deps: Pick<AppDeps, 'videos' | 'audios' | 'conversions' | 'logger'>,
): Promise<BlobInfo> {
  const { videos, conversions, logger } = deps
  const video = await reuseAudio(await videos.resumable.complete(id), deps)
  await ensureConversion(video, conversions)
  logger.info({ videoId: id, jobId: jobIdOfVideo(id), sizeBytes: video.sizeBytes }, 'uploaded')
  return video
}

/** Adds the job of a video, unless it has been converted. One that took the audio of an earlier job has not been told yet. */
export async function ensureConversion(video: BlobInfo, conversions: AppDeps['conversions']): Promise<void> {
  const result = readResult(video.metadata)
  if (result && result.sameAs === undefined) return
  await conversions.add(video)
}
