import type { Redis } from 'ioredis'

/** What FLUSHALL does, to one queue. */
export async function forget(redis: Redis, qualifiedName: string): Promise<void> {
  const keys = await redis.keys(`${qualifiedName}:*`)
  if (keys.length > 0) await redis.del(keys)
}

/** Remembers one queue as it is now; gives a function that brings that state back, as a server does which was
 *  exchanged for one with an older snapshot. */
export async function snapshot(redis: Redis, qualifiedName: string): Promise<() => Promise<void>> {
  const keys = await redis.keys(`${qualifiedName}:*`)
  const dumps = await Promise.all(keys.map(key => redis.dumpBuffer(key)))
  return async () => {
    await forget(redis, qualifiedName)
    for (const [i, key] of keys.entries()) {
      const dump = dumps[i]
      if (dump) await redis.restore(key, 0, dump)
    }
    await exchangeServer(redis, qualifiedName)
  }
}

/** Makes the server one that did not give the queue's last stamp. */
export async function exchangeServer(redis: Redis, qualifiedName: string): Promise<void> {
  await redis.hset(`${qualifiedName}:clock`, 'run', 'of another server process')
}
