import { storageUpkeep } from '@jackalope/contracts'
import type { adminStorage } from '@jackalope/contracts/api'
import { type EndpointHandler, unavailable } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import { keptRuns } from '../../upkeep/keep-schedule.ts'
import type { AdminDeps } from '../admin-deps.ts'
import { recordOperation } from '../record-operation.ts'

/** Name of a job that an operator asked for; those of the schedule have the queue's. */
export const requestedJobName = 'requested'

/** `POST /admin/storage/upkeep`: adds a job like those of the schedule, unless one that was asked for waits or runs. */
export function requestUpkeep(
  deps: Pick<AdminDeps, 'operatorKit' | 'auth'>,
): EndpointHandler<typeof adminStorage.requestUpkeep, UserState> {
  return async ctx => {
    const kit = await deps.operatorKit.get()
    await recordOperation(ctx, { action: 'upkeep-requested', detail: {} }, deps)
    const kept = { count: keptRuns }
    const options = { deduplication: { id: 'requested' }, removeOnComplete: kept, removeOnFail: kept }
    await kit
      .queue(storageUpkeep)
      .bull.add(requestedJobName, {}, options)
      .catch(error => {
        throw unavailable('The queue of the upkeep', { cause: error })
      })
    ctx.body = null
    ctx.status = 202
  }
}
