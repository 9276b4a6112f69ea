import { Queue } from 'bullmq'
import { Cluster } from 'ioredis'
import { Broker } from '../amqp/broker.ts'
import type { BrokerAddresses } from '../amqp/broker-addresses.ts'
import { CLOSE_TIMEOUT_MS, closeConnection } from '../amqp/close.ts'
import { createRabbitmqBackend } from '../backend/create-rabbitmq-backend.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { withTimeLimit } from '../time-limit.ts'
import { openRedis, type RedisAddresses } from './open-redis.ts'
import { CommandError } from './usage-error.ts'

export type CommandQueue = Queue<unknown, unknown, string, unknown, unknown, string, RabbitmqQueueBackend>

/** The servers that a command works on. */
export interface Connections {
  prefix: string
  /** Names of the queues that Redis knows, in order. */
  queueNames(): Promise<string[]>
  /** @throws {CommandError} `ERR_UNKNOWN_QUEUE` */
  queue(name: string): Promise<CommandQueue>
  /** Dead letters of a queue. `undefined` if the broker has no dead-letter queue for it: nothing was ever published to
   *  the queue, or its producers and workers are plain BullMQ.
   *  @throws {CommandError} `ERR_UNKNOWN_QUEUE` */
  deadLetters(name: string): Promise<DeadLetters | undefined>
  close(): Promise<void>
}

export interface Addresses {
  amqp: BrokerAddresses
  redis: RedisAddresses
  prefix: string
}

/** @throws {WorkerKitError} `ERR_CONNECT` */
export async function openConnections({
  amqp,
  redis: redisAddresses,
  prefix,
}: Addresses): Promise<Connections> {
  const redis = await openRedis(redisAddresses)
  // What is there is used as it is: a command line must not decide how queues are declared.
  const broker = new Broker({ url: amqp, declares: false })
  broker.retain()
  const queues = new Map<string, CommandQueue>()

  async function queueNames(): Promise<string[]> {
    const names = new Set<string>()
    const masters = redis instanceof Cluster ? redis.nodes('master') : [redis]
    for (const master of masters)
      for await (const keys of master.scanStream({ match: `${escapeGlob(prefix)}:*:meta`, count: 1_000 }))
        for (const key of keys as string[]) names.add(key.slice(prefix.length + 1, -':meta'.length))
    return [...names].filter(name => !name.includes(':')).sort()
  }

  async function close(): Promise<void> {
    await withTimeLimit(
      Promise.all([...queues.values()].map(queue => queue.close())),
      CLOSE_TIMEOUT_MS,
      () => undefined,
    )
    redis.disconnect()
    await broker.release()
  }

  try {
    await closeConnection(await broker.open('command line'))
  } catch (error) {
    await close()
    throw error
  }
  async function queue(name: string): Promise<CommandQueue> {
    const known = queues.get(name)
    if (known) return known
    if ((await redis.exists(`${prefix}:${name}:meta`)) === 0) {
      const names = await queueNames()
      const there = names.length > 0 ? `there are ${names.join(', ')}` : 'there are none'
      throw new CommandError('ERR_UNKNOWN_QUEUE', `no queue "${name}" under the prefix "${prefix}"; ${there}`)
    }
    const factory = createRabbitmqBackend({ url: amqp }, broker)
    const opened: CommandQueue = new Queue(
      name,
      { connection: redis, prefix, skipMetasUpdate: true },
      factory,
    )
    opened.on('error', () => undefined)
    queues.set(name, opened)
    return opened
  }

  async function deadLetters(name: string): Promise<DeadLetters | undefined> {
    const backend = (await queue(name)).getBackend()
    const { deadLetterQueue } = backend.topology
    const depths = await broker.depths(deadLetterQueue, deadLetterQueue)
    return depths && backend.deadLetters
  }

  return { prefix, queueNames, queue, deadLetters, close }
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}
