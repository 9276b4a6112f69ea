import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { rateLimited } from '../../endpoint/common-problems.ts'
import type { RedisConnection } from '../../redis/connect-redis.ts'
import { type HttpProblem, problem } from '../http-problem.ts'

/** How many requests one client may send. */
export interface RatePolicy {
  /** Name in headers and keys, such as `read`. */
  name: string
  /** Most requests in one window. Integer >= 1. */
  requests: number
  /** Length of a window, in seconds. It starts with a client's first request. @default 60 */
  windowSeconds?: number
}

export interface RateLimiterOptions extends RatePolicy {
  /** Counts for all processes. While it is away each process counts for itself. */
  redis: RedisConnection
  /** Prefix of keys, for tests. @default jackalope */
  prefix?: string
}

export interface RateLimiter {
  /** Counts a request.
   *  @param client - who sends it, such as a user's id or a network
   *  @returns headers that tell how many are left
   *  @throws {HttpProblem} 429 with the time to wait */
  count(client: string): Promise<Record<string, string>>
}

/** Clients that one process tells apart while Redis is away: invented addresses must not fill its memory. */
const buckets = 16_384

class BucketedLimiter extends RateLimiterMemory {
  override getKey(client: string): string {
    return super.getKey(String(createHash('sha256').update(client).digest().readUInt32BE() % buckets))
  }
}

/** Limits requests, with the headers of draft-ietf-httpapi-ratelimit-headers-10. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { name, requests, windowSeconds = 60, redis, prefix = 'jackalope' } = options
  const limit = { points: requests, duration: windowSeconds }
  const limiter = new RateLimiterRedis({
    ...limit,
    storeClient: redis.client,
    keyPrefix: `${prefix}:rate:${name}`,
    // A client that goes on is refused without asking Redis.
    inMemoryBlockOnConsumed: requests + 1,
    insuranceLimiter: new BucketedLimiter({ ...limit, keyPrefix: name }),
  })
  const policy = { 'RateLimit-Policy': `"${name}";q=${requests};w=${windowSeconds}` }
  const headers = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({
    ...policy,
    RateLimit: `"${name}";r=${Math.max(remainingPoints, 0)};t=${secondsOf(msBeforeNext)}`,
  })
  return {
    async count(client) {
      try {
        return headers(await limiter.consume(client))
      } catch (refused) {
        // Everything but a used-up limit is an error.
        if (refused instanceof Error) throw refused
        const { msBeforeNext } = refused as RateLimiterRes
        throw tooMany(options, secondsOf(msBeforeNext), headers(refused as RateLimiterRes))
      }
    },
  }
}

function secondsOf(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1_000))
}

function tooMany(policy: RatePolicy, seconds: number, headers: Record<string, string>): HttpProblem {
  const { name, requests, windowSeconds = 60 } = policy
  return problem(rateLimited, {
    detail: `More than ${requests} requests (${name}) within ${windowSeconds} seconds. Please try again in ${seconds} seconds.`,
    headers: { ...headers, 'Retry-After': String(seconds) },
  })
}
