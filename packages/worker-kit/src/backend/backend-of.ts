import type { Queue } from 'bullmq'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { WorkerKitError } from '../errors.ts'
import { RabbitmqQueueBackend } from './rabbitmq-queue-backend.ts'

/** The backend of a BullMQ queue.
 *  @throws {WorkerKitError} `ERR_OTHER_BACKEND` for a queue on another backend */
export function backendOf(queue: Pick<Queue, 'name' | 'getBackend'>): RabbitmqQueueBackend {
  const backend: unknown = queue.getBackend()
  if (backend instanceof RabbitmqQueueBackend) return backend
  throw new WorkerKitError(
    'ERR_OTHER_BACKEND',
    `Queue "${queue.name}" is not on RabbitMQ: give it the factory that createRabbitmqBackend() makes`,
  )
}

/** The dead letters of a BullMQ queue.
 *  @throws {WorkerKitError} `ERR_OTHER_BACKEND` for a queue on another backend */
export function deadLettersOf(queue: Pick<Queue, 'name' | 'getBackend'>): DeadLetters {
  return backendOf(queue).deadLetters
}
