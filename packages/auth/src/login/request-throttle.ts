import { networkOf, wideNetworkOf } from '@jackalope/service-kit'
import { rateLimited } from '@jackalope/service-kit/endpoint'
import { type CounterLimit, type CounterPlace, count, createCounter, refuseFor } from './counter.ts'

/** How many requests of one kind are served. */
interface RequestLimits {
  /** From one address (/64 of IPv6). */
  address: CounterLimit
  /** From one network: /24 of IPv4, /48 of IPv6. */
  network: CounterLimit
}

/** Kinds of requests that are open to everybody and cause work or mails. */
const limits = {
  registration: { address: { points: 30, seconds: 3_600 }, network: { points: 100, seconds: 3_600 } },
  guest: { address: { points: 10, seconds: 3_600 }, network: { points: 100, seconds: 3_600 } },
  mail: { address: { points: 30, seconds: 3_600 }, network: { points: 100, seconds: 3_600 } },
} satisfies Record<string, RequestLimits>

export type RequestKind = keyof typeof limits

export interface RequestThrottle {
  /** Counts a request.
   *  @throws {HttpProblem} 429 with `Retry-After`, when the address or its network has sent too many of this kind */
  count(kind: RequestKind, address: string): Promise<void>
}

/** Limits registrations, guests and mails, in all replicas together. */
export function createRequestThrottle(place: CounterPlace): RequestThrottle {
  const countersOf = (kind: RequestKind) => ({
    addresses: createCounter(place, `${kind}-address`, limits[kind].address),
    networks: createCounter(place, `${kind}-network`, limits[kind].network),
  })
  const counters = {
    registration: countersOf('registration'),
    guest: countersOf('guest'),
    mail: countersOf('mail'),
  }
  return {
    async count(kind, address) {
      const { addresses, networks } = counters[kind]
      const waitMs = Math.max(
        await count(addresses, networkOf(address)),
        // Refused requests count too: they are cheap, and whoever goes on is kept out.
        await count(networks, wideNetworkOf(address)),
      )
      refuseFor(waitMs, rateLimited, 'Too many requests from your network.')
    },
  }
}
