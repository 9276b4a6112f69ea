import type { RouterContext } from '@koa/router'
import type { UserState } from '../access/require-user.ts'
import { findOwnJob, type JobDeps } from './find-own-job.ts'

/** `GET /jobs/:id`: one of the user's own jobs. */
export function getJob(deps: JobDeps) {
  return async (ctx: RouterContext<UserState>): Promise<void> => {
    ctx.set('Cache-Control', 'no-store')
    ctx.body = await findOwnJob(ctx.params.id ?? '', ctx.state.userId, deps)
  }
}
