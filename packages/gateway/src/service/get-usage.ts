import type { AccountUsage } from '@jackalope/contracts'
import type { service as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { countStored } from '../upload/limits/count-stored.ts'

/** `GET /account/usage`: what the user has stored and in work, and may have. */
export function getAccountUsage({
  videos,
  audios,
  uploadLimits,
  listTurns,
}: Pick<AppDeps, 'videos' | 'audios' | 'uploadLimits' | 'listTurns'>): EndpointHandler<
  typeof endpoints.getAccountUsage,
  UserState
> {
  const finite = (limit: number) => (Number.isFinite(limit) ? limit : null)
  return async ctx => {
    const { user } = ctx.state
    const { maxBytes, maxJobs } = uploadLimits.storage.limitsOf(user)
    // It may go through a thousand jobs, as a list does.
    const [stored, openJobs] = await listTurns.run(user.id, () =>
      Promise.all([countStored(user.id, { videos, audios }), uploadLimits.storage.countOpenJobs(user.id)]),
    )
    ctx.set('Cache-Control', 'no-store')
    ctx.body = {
      ...{ storedBytes: stored.bytes, maxStoredBytes: finite(maxBytes) },
      ...{ openJobs: openJobs + stored.incomplete, maxOpenJobs: finite(maxJobs) },
    } satisfies AccountUsage
  }
}
