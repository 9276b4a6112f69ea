import { randomUUID } from 'node:crypto'
import { type RedisConnection, repeat } from '@jackalope/service-kit'
import type { Logger } from 'pino'

/** How often Redis is asked what it remembers, in milliseconds. */
const intervalMs = 5_000

/** How long Redis keeps the count of a process that is gone, in seconds. */
const keptSeconds = 3_600

/** When videos are looked at after a loss, in milliseconds: at once, and when uploads of that moment have tried for long
 *  enough. */
const adoptAfterMs = [0, 15_000]

/** When they are looked at after the start of this process, in milliseconds. */
const firstAdoptMs = 30_000

export interface RedisMemoryOptions {
  redis: Pick<RedisConnection, 'run'>
  /** Adds the jobs of videos that have none. */
  adopt: () => Promise<unknown>
  logger: Pick<Logger, 'warn'>
  signal: AbortSignal
  /** Prefix of the keys, for tests. @default jackalope */
  prefix?: string
  /** For tests. */
  everyMs?: number
  afterMs?: readonly number[]
  firstMs?: number
}

/** Notices that Redis has lost data - it was flushed, or set back to an older copy - and lets the jobs be added again that are
 *  gone: those that waited in Redis alone, as jobs with a priority or a delay do. RabbitMQ has the others. */
export function watchRedisMemory(options: RedisMemoryOptions): void {
  const { redis, adopt, logger, signal, prefix = 'jackalope' } = options
  const { everyMs = intervalMs, afterMs = adoptAfterMs, firstMs = firstAdoptMs } = options
  // Of this process alone: others that count on would hide that the count was set back.
  const key = `${prefix}:remembered:${randomUUID()}`
  /** The last count that Redis has given. */
  let last = 0
  const ask = async () => {
    const [count = 0] = await redis.run('Redis', async client => [
      await client.incr(key),
      await client.expire(key, keptSeconds),
    ])
    if (count <= last) lost()
    last = count
  }
  const lost = () => {
    logger.warn('Redis has lost data: looking for jobs that are gone')
    for (const ms of afterMs) timers.add(setTimeout(() => void tryAdopt(), ms).unref())
  }
  const tryAdopt = () =>
    adopt().catch(error => logger.warn({ err: error }, 'could not look for jobs that are gone'))
  const timers = new Set<NodeJS.Timeout>()
  // What Redis lost before, nobody has noticed: all gateways may have been away.
  timers.add(setTimeout(() => void tryAdopt(), firstMs).unref())
  // That Redis is away, its connection logs.
  repeat(ask, { intervalMs: everyMs, signal, startsNow: true })
  signal.addEventListener(
    'abort',
    () => {
      for (const timer of timers) clearTimeout(timer)
    },
    { once: true },
  )
}
