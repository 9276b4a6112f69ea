import {
  createRateLimiter,
  limitAddress,
  limitRate,
  type RedisConnection,
  textValue,
} from '@jackalope/service-kit'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import type { Middleware } from 'koa'

/** Most requests a minute, by class: of one user, or of one address where there is no user. 0 is no limit. `address` counts
 *  all requests of an address. */
const defaults = { read: 3_000, write: 600, upload: 600, credentials: 300, deliveries: 60, address: 12_000 }

export type RateClass = keyof typeof defaults
export type RateLimits = Readonly<Record<RateClass, number>>

const expected = `limits such as read=600,upload=60 (requests a minute; 0 is none) for ${Object.keys(defaults).join(', ')}`

/** `RATE_LIMITS`: the limits that differ from the defaults, `read=600,upload=60`. */
export function rateLimits() {
  return textValue(expected, text => {
    const limits: Record<string, number> = { ...defaults }
    for (const entry of text.split(',')) {
      const [, name = '', count] = /^\s*([a-z]+)=(\d{1,9})\s*$/.exec(entry) ?? []
      if (!Object.hasOwn(defaults, name))
        throw new Error(`expected ${expected}, got ${JSON.stringify(entry)}`)
      limits[name] = Number(count)
    }
    return limits as RateLimits
  }).default(defaults)
}

/** What limits requests; replicas share the counts. */
export interface RateLimiting {
  /** For every request, before it is known whose it is. */
  address: Middleware
  /** For the requests of an endpoint, by its class. */
  before(endpoint: Endpoint): Middleware[]
}

export function createRateLimiting(
  limits: RateLimits,
  { redis, prefix }: { redis: RedisConnection; prefix?: string },
): RateLimiting {
  const limiters = Object.entries(limits)
    .filter(([, requests]) => requests > 0)
    .map(([name, requests]) => [name, createRateLimiter({ name, requests, redis, prefix })] as const)
  const { address, ...classes } = Object.fromEntries(limiters)
  return {
    address: address ? limitAddress(address) : (_ctx, next) => next(),
    before({ method, rateClass = method === 'GET' ? 'read' : 'write' }) {
      if (!Object.hasOwn(defaults, rateClass)) throw new TypeError(`There is no rate class "${rateClass}".`)
      const limiter = classes[rateClass]
      return limiter ? [limitRate(limiter)] : []
    },
  }
}
