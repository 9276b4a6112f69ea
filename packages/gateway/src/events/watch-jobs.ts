import type { events } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { findPage, type PageDeps } from '../jobs/find-page.ts'
import { readEventId } from './event-id.ts'
import { serveEvents } from './serve-events.ts'

type WatchDeps = PageDeps &
  Pick<AppDeps, 'jobEvents' | 'watcherLimits' | 'snapshotTurns' | 'shutdown' | 'logger'>

/** Jobs of a snapshot, as of a page of `GET /jobs` that names no limit. */
const snapshotLimit = 20

/** `GET /events`: what happens to all of the user's jobs. */
export function watchJobs(deps: WatchDeps): EndpointHandler<typeof events.watchJobs, UserState> {
  return async ctx => {
    const { user } = ctx.state
    const readSnapshot = () =>
      deps.snapshotTurns.run(user.id, () => findPage(user.id, { limit: snapshotLimit }, deps))
    await serveEvents(
      ctx,
      user,
      { filter: { ownerId: user.id }, lastEventId: readEventId(ctx.get('Last-Event-ID')).id, readSnapshot },
      deps,
    )
  }
}
