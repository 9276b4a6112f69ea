import * as bullmq from 'bullmq'
import { WorkerKitError } from '../errors.ts'

// By the namespace: importing a name that an older BullMQ lacks would be a SyntaxError that tells nobody what to do.
const { RedisQueueBackend: Backend, createRedisBackend: create } = bullmq as Partial<typeof bullmq>

if (!Backend || !create) throw unsupported('has no backends, so it is older than version 6')
if (Backend.prototype.getCounts.length < 2)
  throw unsupported('cannot count the delayed jobs that are due (getCounts), so it is older than version 6.7')

/** BullMQ's Redis backend, which ours extends. */
export const RedisQueueBackend = Backend
/** BullMQ's factory of Redis backends. */
export const createRedisBackend = create

function unsupported(reason: string): WorkerKitError {
  return new WorkerKitError(
    'ERR_UNSUPPORTED_BULLMQ',
    `The installed bullmq ${reason}. Install the version that the peer dependency of @jackalope/worker-kit names; ` +
      '"npm ls bullmq" shows what is installed.',
  )
}
