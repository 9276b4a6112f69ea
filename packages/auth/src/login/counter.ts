import { problem, type RedisConnection } from '@jackalope/service-kit'
import type { ProblemKind } from '@jackalope/service-kit/endpoint'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

/** A number of points in a window of time, which starts with its first point. */
export interface CounterLimit {
  /** Integer >= 1. */
  points: number
  seconds: number
}

/** Where counters are kept. */
export interface CounterPlace {
  /** Shared by all replicas. */
  redis: Pick<RedisConnection, 'client'>
  /** Before every key, such as `jackalope:auth:`. */
  prefix: string
}

/** Counts by keys, in Redis. While Redis is away each process counts for itself. */
export function createCounter(
  { redis, prefix }: CounterPlace,
  name: string,
  { points, seconds }: CounterLimit,
): RateLimiterAbstract {
  return new RateLimiterRedis({
    storeClient: redis.client,
    keyPrefix: `${prefix}${name}`,
    points,
    duration: seconds,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory({ points, duration: seconds }),
  })
}

/** Counts a point; gives how long to wait if the limit is passed, in milliseconds, or 0. */
export async function count(counter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await counter.consume(key)
    return 0
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected
    return Math.max(1, (rejected as { msBeforeNext: number }).msBeforeNext)
  }
}

/** @param waitMs - how long to wait, in milliseconds; 0 lets pass
 *  @param reason - a sentence; when to try again is added
 *  @throws {HttpProblem} of the kind, with `Retry-After`, if there is anything to wait for */
export function refuseFor(waitMs: number, kind: ProblemKind, reason: string): void {
  if (waitMs === 0) return
  const seconds = Math.ceil(waitMs / 1_000)
  throw problem(kind, {
    detail: `${reason} Please try again in ${seconds} seconds.`,
    headers: { 'Retry-After': String(seconds) },
  })
}
