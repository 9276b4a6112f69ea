import { isEnded, type JobView } from '@jackalope/contracts'
import type { events } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { findOwnJob, findOwnVideo, type JobDeps } from '../jobs/find-own-job.ts'
import { type LastSent, serveEvents } from './serve-events.ts'

type WatchDeps = JobDeps &
  Pick<AppDeps, 'jobEvents' | 'watcherLimits' | 'snapshotTurns' | 'shutdown' | 'logger'>

/** `GET /jobs/:id/events`: what happens to one of the user's jobs, until it ends. */
export function watchJob(deps: WatchDeps): EndpointHandler<typeof events.watchJob, UserState> {
  return async (ctx, { params }) => {
    const { user } = ctx.state
    const filter = { jobId: params.id }
    const findJob = () => deps.snapshotTurns.run(user.id, () => findOwnJob(params.id, user.id, deps))
    await findOwnVideo(params.id, user.id, deps)
    const missed = deps.jobEvents.after(ctx.get('Last-Event-ID'), filter)
    if (missed?.length === 0 && isEnded((await findJob()).state)) {
      // Browsers come back after the end, unless they are told not to (WHATWG HTML, section 9.2).
      ctx.status = 204
      return
    }
    const served = {
      filter,
      readSnapshot: findJob,
      isLast: (last: LastSent) => {
        if ('snapshot' in last) return isEnded((last.snapshot as JobView).state)
        const { event } = last
        return event.type === 'deleted' || (event.type === 'state' && isEnded(event.data.state))
      },
    }
    await serveEvents(ctx, user, served, deps)
  }
}
