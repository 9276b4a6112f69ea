import type { jobs } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { findPage, type PageDeps } from './find-page.ts'

/** `GET /jobs`: the user's own jobs, newest first. When there may be more, `next` is the address of the next page; `before`
 *  in it is opaque. */
export function listJobs(
  deps: PageDeps & Pick<AppDeps, 'listTurns'>,
): EndpointHandler<typeof jobs.listJobs, UserState> {
  return async (ctx, { query }) => {
    const { userId } = ctx.state
    const page = await deps.listTurns.run(userId, () => findPage(userId, query, deps))
    if (page.next) ctx.set('Link', `<${page.next}>; rel="next"`)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = page
  }
}
