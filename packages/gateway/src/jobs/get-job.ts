import type { jobs } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { findOwnJob, type JobDeps } from './find-own-job.ts'

/** `GET /jobs/:id`: one of the user's own jobs. */
export function getJob(deps: JobDeps): EndpointHandler<typeof jobs.getJob, UserState> {
  return async (ctx, { params }) => {
    ctx.set('Cache-Control', 'no-store')
    ctx.body = await findOwnJob(params.id, ctx.state.userId, deps)
  }
}
