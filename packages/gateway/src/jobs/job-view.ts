import type { BlobInfo } from '@jackalope/blob-store'
import { conversionResult, convertVideo, type JobView, jobIdOfVideo } from '@jackalope/contracts'
import type { ConversionState } from './conversion-state.ts'
import { showExpiry } from './expiry.ts'

/** Metadata field of a video in which the converter writes the result of its conversion. */
export const resultField = 'result'

/** Shows a conversion to the owner of its video.
 *
 *  A result in the video's metadata takes precedence: the converter writes it before the job is completed, and it stays
 *  when Redis has removed the job.
 *  @param known - Redis' record of the job, if there is one */
export function viewJob(video: BlobInfo, known: ConversionState | undefined): JobView {
  const claimed = conversionResult.safeParse(video.metadata[resultField])
  const result = claimed.success ? claimed.data : known?.result
  const view: JobView = {
    id: jobIdOfVideo(video.id),
    state: known?.state ?? 'unknown',
    progress: known?.progress ?? 0,
    stage: known?.stage,
    fileName: video.fileName,
    attemptsMade: known?.attemptsMade ?? 0,
    attempts: known?.attempts ?? convertVideo.attempts,
    createdAt: video.storedAt.toISOString(),
    startedAt: known?.startedAt?.toISOString(),
    finishedAt: known?.finishedAt?.toISOString(),
    error: known?.error,
  }
  if (!result) return showExpiry(video, view)
  const completed = { state: 'completed', progress: 100, stage: undefined, error: undefined } as const
  return showExpiry(video, { ...view, ...completed, result })
}

/** Shows a conversion whose job has just been added. */
export function viewNewJob(video: BlobInfo): JobView {
  return viewJob(video, { state: 'waiting', progress: 0, attemptsMade: 0, attempts: convertVideo.attempts })
}
