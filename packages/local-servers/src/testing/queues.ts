import { Redis } from 'ioredis'
import { withAmqpConnection } from '../amqp-connection.ts'
import { amqpUrl, redisUrl } from './server-urls.ts'

/** Removes what tests left of worker-kit's queues: all keys under a prefix, and the broker's queues and exchanges.
 *  @param names - of the queues, without their prefix
 *  @param subscriptions - names of subscriptions to their dead letters */
export async function removeQueues(
  prefix: string,
  names: readonly string[],
  subscriptions: readonly string[] = [],
): Promise<void> {
  await removeKeys(prefix)
  await withAmqpConnection(amqpUrl(), async connection => {
    const channel = await connection.createChannel()
    for (const queue of names.map(name => `${prefix}:${name}`)) {
      const suffixes = ['', ':parked', ':dead', ...subscriptions.map(name => `:dead:${name}`)]
      for (const suffix of suffixes) await channel.deleteQueue(queue + suffix)
      await channel.deleteExchange(`${queue}:dead`)
    }
  })
}

async function removeKeys(prefix: string): Promise<void> {
  const redis = new Redis(redisUrl(), { commandTimeout: 10_000 })
  try {
    const keys = await redis.keys(`${prefix}:*`)
    if (keys.length > 0) await redis.del(keys)
  } finally {
    redis.disconnect()
  }
}
