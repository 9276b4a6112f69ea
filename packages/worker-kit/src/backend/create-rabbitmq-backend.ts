import { type BackendFactory, createRedisBackend, QueueEvents, Worker, type WorkerOptions } from 'bullmq'
import { Broker } from '../amqp/broker.ts'
import { refuseLongName } from '../amqp/topology.ts'
import { RabbitmqQueueBackend } from './rabbitmq-queue-backend.ts'
import { type RabbitmqBackendOptions, refuseInvalidOptions, topologySettings } from './settings.ts'
import type { FedWorker } from './working-backend.ts'

/** Makes the backend factory that puts BullMQ on RabbitMQ. Hand it to `Queue`, `Worker`, `QueueEvents` and
 *  `FlowProducer` as their last argument, or to `setDefaultBackendFactory`; `connection` stays Redis.
 *  All that share one factory share its two connections to the broker, which close with the last of them.
 *
 *  ```ts
 *  const rabbitmq = createRabbitmqBackend({ url: 'amqp://localhost' })
 *  const queue = new Queue('emails', { connection: { url: 'redis://localhost' } }, rabbitmq)
 *  ```
 *
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range; from the factory, and so
 *    from `new Queue`, for a queue whose name and prefix have more than 243 bytes together */
export function createRabbitmqBackend(
  options: RabbitmqBackendOptions,
  sharedBroker?: Broker,
): BackendFactory<RabbitmqQueueBackend> {
  refuseInvalidOptions(options)
  const broker = sharedBroker ?? new Broker(options)
  const topology = topologySettings(options)
  // BullMQ calls the factory as its own method.
  return function (this: unknown, name, opts, role = {}) {
    // Before anything is connected. The prefix is BullMQ's own if there is none.
    const { prefix = 'bull' } = opts as { prefix?: string }
    refuseLongName(`${prefix}:${name}`)
    const redis = createRedisBackend(name, opts, role)
    // It only lends its connections; their errors are reported by the backend below.
    redis.on('error', () => undefined)
    return new RabbitmqQueueBackend(
      redis.connection,
      name,
      opts,
      {
        broker,
        topology,
        worker: role.withBlockingConnection ? fedWorker(this, opts) : undefined,
        needsBroker: !(this instanceof QueueEvents),
      },
      redis.blockingConnection,
    )
  }
}

/** The worker that makes itself a backend; a stand-in by its options where somebody else calls the factory. */
function fedWorker(caller: unknown, { concurrency = 1 }: WorkerOptions): FedWorker {
  if (!(caller instanceof Worker)) return { concurrency, isRunning: () => true, cancelJob: () => false }
  return {
    get concurrency() {
      return caller.concurrency
    },
    isRunning: () => caller.isRunning(),
    // BullMQ hands the reason on as it is; its type says text.
    cancelJob: (id, reason) => caller.cancelJob(id, reason as unknown as string),
    sayStalled: id => caller.emit('stalled', id, 'active'),
  }
}
