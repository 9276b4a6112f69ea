import { adminQueues, adminStorage } from '@jackalope/contracts/api'
import type { EndpointRouter } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AdminDeps } from './admin-deps.ts'
import { getDeadLetter, listDeadLetters, removeDeadLetter, replayDeadLetter } from './queues/dead-letters.ts'
import { listQueues } from './queues/list-queues.ts'
import { getStorage } from './storage/get-storage.ts'
import { listFailures } from './storage/list-failures.ts'
import { listUsage } from './storage/list-usage.ts'
import { requestUpkeep } from './storage/request-upkeep.ts'

/** Serves what operators look at and do. All of it needs the role `admin`. */
export function serveAdmin(router: EndpointRouter<UserState>, deps: AdminDeps): void {
  router
    .serve(adminQueues.listQueues, listQueues(deps))
    .serve(adminQueues.listDeadLetters, listDeadLetters(deps))
    .serve(adminQueues.getDeadLetter, getDeadLetter(deps))
    .serve(adminQueues.replayDeadLetter, replayDeadLetter(deps))
    .serve(adminQueues.removeDeadLetter, removeDeadLetter(deps))
    .serve(adminStorage.getStorage, getStorage(deps))
    .serve(adminStorage.requestUpkeep, requestUpkeep(deps))
    .serve(adminStorage.listFailures, listFailures(deps))
    .serve(adminStorage.listUsage, listUsage(deps))
}
