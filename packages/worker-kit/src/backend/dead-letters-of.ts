import type { Queue } from 'bullmq'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { rabbitmqBackendOf } from './rabbitmq-backend-of.ts'

/** The dead letters of a BullMQ queue.
 *  @throws {WorkerKitError} `ERR_OTHER_BACKEND` for a queue on another backend. */
export function deadLettersOf(queue: Pick<Queue, 'name' | 'getBackend'>): DeadLetters {
  return rabbitmqBackendOf(queue).deadLetters
}
