import type { Queue } from 'bullmq'
import { WorkerKitError } from '../errors.ts'
import { RabbitmqQueueBackend } from './rabbitmq-queue-backend.ts'

/** @throws {WorkerKitError} `ERR_OTHER_BACKEND` for a queue on another backend. */
export function rabbitmqBackendOf(queue: Pick<Queue, 'name' | 'getBackend'>): RabbitmqQueueBackend {
  const backend: unknown = queue.getBackend()
  if (backend instanceof RabbitmqQueueBackend) return backend
  throw new WorkerKitError(
    'ERR_OTHER_BACKEND',
    `Queue "${queue.name}" is not on RabbitMQ: give it the factory that createRabbitmqBackend() makes`,
  )
}
