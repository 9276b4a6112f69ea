import type { DeadLetterPage, DeadLettersOfJob } from '@jackalope/contracts'
import { adminQueues } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import type { AdminDeps } from '../admin-deps.ts'
import { recordOperation } from '../record-operation.ts'
import { findLetters, onDeadLetters } from './dead-letters-of.ts'
import { replayLetter } from './replay-letter.ts'
import { showDeadLetter, showDeadLetterDetails } from './show-dead-letter.ts'

/** `GET /admin/dead-letters`. */
export function listDeadLetters(
  deps: Pick<AdminDeps, 'operatorKit'>,
): EndpointHandler<typeof adminQueues.listDeadLetters, UserState> {
  return async (ctx, { query: { queue, limit, offset } }) => {
    const { letters, total } = await onDeadLetters(queue, dead => dead.list({ limit, offset }), deps)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { letters: letters.map(showDeadLetter), total } satisfies DeadLetterPage
  }
}

/** `GET /admin/dead-letters/{queue}/{id}`. */
export function getDeadLetter(
  deps: Pick<AdminDeps, 'operatorKit'>,
): EndpointHandler<typeof adminQueues.getDeadLetter, UserState> {
  return async (ctx, { params }) => {
    const letters = await findLetters(params, deps)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { letters: letters.map(showDeadLetterDetails) } satisfies DeadLettersOfJob
  }
}

/** `POST /admin/dead-letters/{queue}/{id}/replay`. */
export function replayDeadLetter(
  deps: AdminDeps,
): EndpointHandler<typeof adminQueues.replayDeadLetter, UserState> {
  return async (ctx, { params }) => {
    await findLetters(params, deps)
    await recordOperation(ctx, { action: 'dead-letter-replayed', detail: { ...params } }, deps)
    const outcome = await replayLetter(params, deps)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { outcome }
  }
}

/** `DELETE /admin/dead-letters/{queue}/{id}`. */
export function removeDeadLetter(
  deps: Pick<AdminDeps, 'operatorKit' | 'auth'>,
): EndpointHandler<typeof adminQueues.removeDeadLetter, UserState> {
  return async (ctx, { params }) => {
    const { queue, id } = params
    await findLetters(params, deps)
    await recordOperation(ctx, { action: 'dead-letter-removed', detail: { ...params } }, deps)
    const removed = await onDeadLetters(queue, dead => dead.purge({ ids: [id] }), deps)
    if (removed === 0)
      throw problem(adminQueues.deadLetterUnknown, { detail: 'Somebody else has removed it.' })
    ctx.status = 204
  }
}
