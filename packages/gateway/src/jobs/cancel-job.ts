import { jobs } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { findOwnVideo, type JobDeps, readDetails } from './find-own-job.ts'

/** `POST /jobs/:id/cancel`: 200 when the job is canceled, 202 when it runs and is told to stop. */
export function cancelJob(deps: JobDeps): EndpointHandler<typeof jobs.cancelJob, UserState> {
  return async (ctx, { params }) => {
    const video = await findOwnVideo(params.id, ctx.state.userId, deps)
    const outcome = await deps.conversions.cancel(video.id)
    const job = await readDetails(video, deps.conversions)
    if ((outcome === 'finished' || outcome === 'unknown') && job.state !== 'canceled')
      throw problem(jobs.jobFinished, {
        detail:
          outcome === 'unknown'
            ? 'Nothing is known of the conversion, so it cannot be canceled. Delete the job, or try it again.'
            : `The job has ended already: it is ${job.state}.`,
        extensions: { state: job.state },
      })
    ctx.status = outcome === 'requested' ? 202 : 200
    ctx.set('Cache-Control', 'no-store')
    ctx.body = job
  }
}
