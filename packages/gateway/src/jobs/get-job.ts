import type { jobs } from '@jackalope/contracts/api'
import { type EndpointHandler, extendDeadline } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { findOwnVideo, type JobDeps, readDetails } from './find-own-job.ts'
import { waitForChange } from './wait-for-change.ts'

/** Longest time for the answer after the wait, in milliseconds. */
const answerMs = 30_000

type GetJobDeps = JobDeps & Pick<AppDeps, 'jobEvents' | 'shutdown'>

/** `GET /jobs/:id?wait=`: one of the user's own jobs, at the next change of its state if the user waits for one. */
export function getJob(deps: GetJobDeps): EndpointHandler<typeof jobs.getJob, UserState> {
  return async (ctx, { params, query }) => {
    ctx.set('Cache-Control', 'no-store')
    const find = () => findOwnVideo(params.id, ctx.state.userId, deps)
    const read = async () => readDetails(await find(), deps.conversions)
    if (query.wait > 0) extendDeadline(ctx, query.wait * 1_000 + answerMs)
    ctx.body =
      query.wait === 0 || ctx.method === 'HEAD'
        ? await read()
        : await waitForChange(params.id, read, { ...deps, response: ctx.res, timeoutMs: query.wait * 1_000 })
  }
}
