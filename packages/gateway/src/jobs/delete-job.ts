import type { jobs } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { findOwnVideo } from './find-own-job.ts'
import { type RemoveDeps, removeJob } from './remove-job.ts'

/** `DELETE /jobs/:id`: removes a job with its video and its audio. */
export function deleteJob(deps: RemoveDeps): EndpointHandler<typeof jobs.deleteJob, UserState> {
  return async (ctx, { params }) => {
    await removeJob(await findOwnVideo(params.id, ctx.state.userId, deps), deps)
    ctx.status = 204
  }
}
