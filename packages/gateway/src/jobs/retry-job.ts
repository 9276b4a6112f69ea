import { readResult } from '@jackalope/contracts'
import { jobs } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { findOwnVideo, type JobDeps, readDetails, readJobs } from './find-own-job.ts'

/** `POST /jobs/:id/retry`: puts a failed or canceled job into line again, or one that Redis has lost. */
export function retryJob(deps: JobDeps): EndpointHandler<typeof jobs.retryJob, UserState> {
  return async (ctx, { params }) => {
    const video = await findOwnVideo(params.id, ctx.state.userId, deps)
    if (video.contentRemovedAt && !readResult(video.metadata))
      throw problem(jobs.sourceExpired, {
        detail: 'The uploaded file was removed, since its time was over. Upload it again.',
        extensions: { removedAt: video.contentRemovedAt.toISOString() },
      })
    const [before] = await readJobs([video], deps.conversions)
    const isRetried = !before?.result && (await deps.conversions.retry(video))
    const job = await readDetails(video, deps.conversions)
    if (!isRetried)
      throw problem(jobs.jobNotRetryable, {
        detail: `The job is ${job.state}. Only a job that failed or was canceled can be tried again.`,
        extensions: { state: job.state },
      })
    ctx.status = 202
    ctx.set('Cache-Control', 'no-store')
    ctx.body = job
  }
}
