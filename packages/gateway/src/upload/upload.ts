import { type JobView, jobIdOfVideo } from '@jackalope/contracts'
import { HttpProblem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { Logger } from 'pino'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { viewNewJob } from '../jobs/job-view.ts'
import { fileTooLarge } from './file-intake.ts'
import { receiveFile } from './receive-file.ts'

/** What a form may have around the file: boundaries, headers, small fields. In bytes. */
const formBytes = 64 * 1024

type UploadDeps = Pick<AppDeps, 'videos' | 'conversions' | 'maxUploadBytes' | 'logger'>

/** `POST /upload` with a form (`multipart/form-data`) that has the video in the field `file`: 202 with the job that
 *  converts it. The file goes to the store while it arrives. Whatever the refusal, nothing of it stays. */
export function upload({ videos, conversions, maxUploadBytes, logger }: UploadDeps) {
  return async (ctx: RouterContext<UserState>): Promise<void> => {
    refuseByHeaders(ctx, maxUploadBytes)
    // Before somebody sends two gigabytes for nothing.
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

function refuseByHeaders(ctx: RouterContext, maxBytes: number): void {
  if (!ctx.is('multipart/form-data'))
    throw new HttpProblem(415, {
      code: 'form-expected',
      detail:
        'Send the video in a form, as "curl -F file=@video.mp4" does (Content-Type: multipart/form-data).',
    })
  if (Number(ctx.get('Content-Length')) > maxBytes + formBytes) throw fileTooLarge(maxBytes)
}

/** Takes the video of a job back that could not be recorded.
 *
 *  After a lost connection Redis may have recorded it all the same. Deleting is right then, too: the client is told
 *  to upload again, and a job without its video fails for good and is in nobody's list. */
async function discard(videoId: string, videos: AppDeps['videos'], logger: Logger): Promise<void> {
  try {
    await videos.delete(videoId)
  } catch (error) {
    logger.warn({ err: error, videoId }, 'left a video behind that has no job')
  }
}
