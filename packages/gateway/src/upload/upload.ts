import { type JobView, jobIdOfVideo } from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { Logger } from 'pino'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { viewNewJob } from '../jobs/job-view.ts'
import { fileTooLarge } from './file-intake.ts'
import { receiveFile } from './receive-file.ts'

/** Most bytes of a form besides the file: boundaries, headers, small fields. */
const formBytes = 64 * 1024

type UploadDeps = Pick<AppDeps, 'videos' | 'conversions' | 'maxUploadBytes' | 'logger'>

/** `POST /upload` with a form (`multipart/form-data`) that has the video in the field `file`: 202 with the job that
 *  converts it. The file goes to the store while it arrives, and is removed when the upload is refused. */
export function upload({
  videos,
  conversions,
  maxUploadBytes,
  logger,
}: UploadDeps): EndpointHandler<typeof uploads.upload, UserState> {
  return async ctx => {
    refuseByHeaders(ctx, maxUploadBytes)
    // Check before the client sends two gigabytes in vain.
    await conversions.check()

    const { userId: ownerId } = ctx.state
    const video = await receiveFile(ctx, {
      maxBytes: maxUploadBytes,
      create: file =>
        videos.create({ ...file, metadata: videoId => ({ ownerId, jobId: jobIdOfVideo(videoId) }) }),
    })
    try {
      await conversions.add({ videoId: video.id, ownerId, fileName: video.fileName })
    } catch (error) {
      await discard(video.id, videos, logger)
      throw error
    }
    logger.info({ videoId: video.id, jobId: jobIdOfVideo(video.id), sizeBytes: video.sizeBytes }, 'uploaded')
    ctx.status = 202
    ctx.set('Location', `/jobs/${jobIdOfVideo(video.id)}`)
    ctx.body = viewNewJob(video) satisfies JobView
  }
}

function refuseByHeaders(ctx: Context, maxBytes: number): void {
  if (!ctx.is('multipart/form-data'))
    throw problem(uploads.formExpected, {
      detail:
        'Send the video in a form, as "curl -F file=@video.mp4" does (Content-Type: multipart/form-data).',
    })
  if (Number(ctx.get('Content-Length')) > maxBytes + formBytes) throw fileTooLarge(maxBytes)
}

/** Deletes the video of a job that could not be recorded.
 *
 *  After a lost connection Redis may have recorded the job all the same. Deleting is right then, too: the client is told
 *  to upload again, and a job without its video fails for good and appears in no list. */
async function discard(videoId: string, videos: AppDeps['videos'], logger: Logger): Promise<void> {
  try {
    await videos.delete(videoId)
  } catch (error) {
    logger.warn({ err: error, videoId }, 'could not delete a video that has no job')
  }
}
