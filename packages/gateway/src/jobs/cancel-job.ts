import type { BlobInfo } from '@jackalope/blob-store'
import { canceledByOwner, canceledText, claimEnd, isEnded, type JobView } from '@jackalope/contracts'
import { jobs } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { findOwnVideo, type JobDeps, readDetails, readJobs } from './find-own-job.ts'

/** `POST /jobs/:id/cancel`: 200 when the job is canceled, 202 when it runs and is told to stop. */
export function cancelJob(deps: JobDeps): EndpointHandler<typeof jobs.cancelJob, UserState> {
  return async (ctx, { params }) => {
    const video = await findOwnVideo(params.id, ctx.state.userId, deps)
    const [before] = (await readJobs([video], deps.conversions)) as [JobView]
    const outcome = isEnded(before.state) ? 'finished' : await deps.conversions.cancel(video.id)
    // A converter claims the end of a job that it stops. Of a job that Redis has lost, the claim is all that cancels it.
    if (outcome === 'canceled' || outcome === 'unknown') await claimCancellation(video, before, deps)
    const job = await readDetails(await findOwnVideo(params.id, ctx.state.userId, deps), deps.conversions)
    if (outcome === 'finished' && job.state !== 'canceled')
      throw problem(jobs.jobFinished, {
        detail: `The job has ended already: it is ${job.state}.`,
        extensions: { state: job.state },
      })
    ctx.status = outcome === 'requested' ? 202 : 200
    ctx.set('Cache-Control', 'no-store')
    ctx.body = job
  }
}

async function claimCancellation(
  { id }: BlobInfo,
  { attemptsMade }: JobView,
  { videos }: Pick<JobDeps, 'videos'>,
): Promise<void> {
  const finishedAt = new Date().toISOString()
  await claimEnd(videos, id, {
    state: 'canceled',
    error: canceledText(canceledByOwner),
    attemptsMade,
    finishedAt,
  })
}
