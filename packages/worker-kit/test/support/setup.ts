import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { connect as connectAmqp } from 'amqplib'
import { type Processor, Queue, QueueEvents, type QueueOptions, Worker, type WorkerOptions } from 'bullmq'
import { Redis } from 'ioredis'
import { closeConnection } from '../../src/amqp/close.ts'
import { createRabbitmqBackend, type RabbitmqBackendOptions } from '../../src/index.ts'

export type TestQueue = Queue
export type TestWorker = Worker

export interface Setup {
  prefix: string
  name: string
  /** The queue's name in RabbitMQ. */
  amqpQueue: string
  redis: Redis
  /** A BullMQ queue on RabbitMQ. */
  queue(options?: Partial<QueueOptions> & { backend?: Partial<RabbitmqBackendOptions> }): Queue
  /** A BullMQ queue on Redis alone, as a producer in another language would use it. */
  plainQueue(): Queue
  /** @param process - `null` for one that is fed by hand. */
  worker(
    process: Processor | null,
    options?: Partial<WorkerOptions> & { backend?: Partial<RabbitmqBackendOptions> },
  ): Worker
  events(): Promise<QueueEvents>
}

/** A queue of its own, and everything closed and removed after the test.
 *  @param redisAddress - of a server of the test's own. @default the one that all tests share
 *  @param brokerAddress - the same for RabbitMQ; of a cluster all addresses */
export function setup(
  t: TestContext,
  redisAddress = redisUrl(),
  brokerAddress: string | readonly string[] = amqpUrl(),
): Setup {
  const prefix = `test-${randomUUID()}`
  const name = 'jobs'
  const amqpQueue = `${prefix}:${name}`
  const connection = { url: redisAddress }
  const redis = new Redis(redisAddress)
  // A test may stop its server; the client comes back by itself.
  redis.on('error', () => undefined)
  const factory = (options: Partial<RabbitmqBackendOptions> = {}) =>
    createRabbitmqBackend({ url: brokerAddress, ...options })
  const kept = <T extends { close(): Promise<void> }>(closable: T): T => {
    onEnd(t, () => closable.close())
    return closable
  }

  onEnd(t, () => redis.disconnect())
  onEnd(t, () => removeQueue(prefix, amqpQueue, { redis, broker: [brokerAddress].flat()[0] as string }))

  return {
    prefix,
    name,
    amqpQueue,
    redis,
    queue: ({ backend, ...options } = {}) => {
      const queue = new Queue(name, { connection, prefix, ...options }, factory(backend))
      queue.on('error', () => undefined)
      return kept(queue as unknown as Queue)
    },
    plainQueue: () => kept(new Queue(name, { connection, prefix })),
    worker: (process, { backend, ...options } = {}) => {
      const workerConnection = { ...connection, maxRetriesPerRequest: null }
      const worker = new Worker(
        name,
        process,
        { connection: workerConnection, prefix, ...options },
        factory(backend),
      )
      worker.on('error', () => undefined)
      return kept(worker as unknown as Worker)
    },
    async events() {
      const events = kept(new QueueEvents(name, { connection, prefix }))
      await events.waitUntilReady()
      return events
    },
  }
}

async function removeQueue(
  prefix: string,
  amqpQueue: string,
  { redis, broker }: { redis: Redis; broker: string },
): Promise<void> {
  const connection = await connectAmqp(broker)
  const channel = await connection.createChannel()
  await channel.deleteQueue(amqpQueue)
  await channel.deleteQueue(`${amqpQueue}:dead`)
  await channel.deleteQueue(`${amqpQueue}:parked`)
  await channel.deleteExchange(`${amqpQueue}:dead`)
  await closeConnection(connection)
  const keys = await redis.keys(`${prefix}:*`)
  if (keys.length > 0) await redis.del(keys)
}
