import { type BackendFactory, QueueEvents } from 'bullmq'
import { Broker } from '../amqp/broker.ts'
import { refuseLongName } from '../amqp/topology.ts'
import { createRedisBackend } from '../redis/bullmq-backend.ts'
import { RabbitmqQueueBackend } from './rabbitmq-queue-backend.ts'
import { calledAsClass, refuseOtherBullmq } from './refuse-other-bullmq.ts'
import { servedWorker } from './served-worker.ts'
import { type RabbitmqBackendOptions, refuseInvalidOptions, topologySettings } from './settings.ts'

/** Makes the backend factory that puts BullMQ on RabbitMQ. Hand it to `Queue`, `Worker`, `QueueEvents` and
 *  `FlowProducer` as their last argument, or to `setDefaultBackendFactory`; `connection` stays Redis.
 *  All that share one factory share its two connections to the broker, which close with the last of them.
 *
 *  ```ts
 *  const rabbitmq = createRabbitmqBackend({ url: 'amqp://localhost' })
 *  const queue = new Queue('emails', { connection: { url: 'redis://localhost' } }, rabbitmq)
 *  ```
 *
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range. The factory, and so `new Queue`,
 *    throws it for a queue whose name and prefix have more than 243 bytes together, and `ERR_UNSUPPORTED_BULLMQ` for an object of
 *    another copy of bullmq */
export function createRabbitmqBackend(
  options: RabbitmqBackendOptions,
  sharedBroker?: Broker,
): BackendFactory<RabbitmqQueueBackend> {
  refuseInvalidOptions(options)
  const broker = sharedBroker ?? new Broker(options)
  const topology = topologySettings(options)
  // BullMQ calls the factory as its own method.
  return function factory(this: unknown, name, opts, role = {}) {
    if (new.target) throw calledAsClass()
    refuseOtherBullmq(this, factory)
    // Before anything is connected. The prefix is BullMQ's own if there is none.
    const { prefix = 'bull' } = opts as { prefix?: string }
    refuseLongName(`${prefix}:${name}`)
    const redis = createRedisBackend(name, opts, role)
    // Only its connections are used. The backend below reports their errors.
    redis.on('error', () => undefined)
    return new RabbitmqQueueBackend(
      redis.connection,
      name,
      opts,
      {
        broker,
        topology,
        recordOn: options.recordOn ?? 'add',
        worker: role.withBlockingConnection ? servedWorker(this, opts) : undefined,
        needsBroker: !(this instanceof QueueEvents),
      },
      redis.blockingConnection,
    )
  }
}
