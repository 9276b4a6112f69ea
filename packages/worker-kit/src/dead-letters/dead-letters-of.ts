import type { Queue } from 'bullmq'
import { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { WorkerKitError } from '../errors.ts'
import type { DeadLetters } from './dead-letters.ts'

/** The dead letters of a BullMQ queue.
 *  @throws {WorkerKitError} `ERR_OTHER_BACKEND` for a queue on another backend. */
export function deadLettersOf(queue: Pick<Queue, 'name' | 'getBackend'>): DeadLetters {
  const backend: unknown = queue.getBackend()
  if (backend instanceof RabbitmqQueueBackend) return backend.deadLetters
  throw new WorkerKitError(
    'ERR_OTHER_BACKEND',
    `Queue "${queue.name}" is not on RabbitMQ: give it the factory that createRabbitmqBackend() makes`,
  )
}
