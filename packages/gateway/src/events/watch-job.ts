import { isEnded, type JobView } from '@jackalope/contracts'
import type { events } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { findOwnJob, findOwnVideo, type JobDeps } from '../jobs/find-own-job.ts'
import { readEventId } from './event-id.ts'
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
    const last = readEventId(ctx.get('Last-Event-ID'))
    const missesNothing = deps.jobEvents.after(last.id, filter)?.length === 0
    const hasEnded = missesNothing && isEnded((await findJob()).state)
    if (hasEnded && last.isEnd) {
      // Browsers come back after the end, unless they are told not to (WHATWG HTML, section 9.2).
      ctx.status = 204
      return
    }
    const served = {
      filter,
      // The event of the end may have left the gateway's memory, or not have reached it: then a snapshot tells the end.
      lastEventId: hasEnded ? undefined : last.id,
      readSnapshot: findJob,
      isLast: (sent: LastSent) => {
        if ('snapshot' in sent) return isEnded((sent.snapshot as JobView).state)
        const { event } = sent
        return event.type === 'deleted' || (event.type === 'state' && isEnded(event.data.state))
      },
    }
    await serveEvents(ctx, user, served, deps)
  }
}
