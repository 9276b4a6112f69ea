import { operatedQueueNames, type QueueList } from '@jackalope/contracts'
import type { adminQueues } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import type { OperatorKit } from '../operator-kit.ts'
import { readQueue } from './read-queue.ts'

/** `GET /admin/queues`. */
export function listQueues({
  operatorKit,
}: {
  operatorKit: OperatorKit
}): EndpointHandler<typeof adminQueues.listQueues, UserState> {
  return async ctx => {
    const kit = await operatorKit.get()
    const queues = await Promise.all(operatedQueueNames.map(name => readQueue(kit, name)))
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { queues } satisfies QueueList
  }
}
