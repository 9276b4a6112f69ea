import { networkOf } from '@jackalope/service-kit'
import type { CounterPlace } from './counter.ts'

/** How long a place is remembered after the last login from it, in seconds: 90 days. */
const rememberedSeconds = 90 * 86_400

/** From where the user of an account has logged in. */
export interface KnownPlaces {
  /** `false` too while Redis does not answer. */
  has(account: string, address: string): Promise<boolean>
  remember(account: string, address: string): Promise<void>
  /** Forgets all places of an account. */
  forget(account: string): Promise<void>
}

/** Remembers addresses (/64 of IPv6) in Redis. Only successful logins add any, so a guesser cannot fill it. */
export function createKnownPlaces({ redis: { client }, prefix }: CounterPlace): KnownPlaces {
  const keyOf = (account: string, address: string) => `${prefix}known:${account}:${networkOf(address)}`
  const forgottenKeyOf = (account: string) => `${prefix}known-since:${account}`
  return {
    async has(account, address) {
      const keys = [keyOf(account, address), forgottenKeyOf(account)]
      const [loggedInAt, forgottenAt] = await client.mget(keys).catch(() => [])
      return typeof loggedInAt === 'string' && Number(loggedInAt) >= Number(forgottenAt ?? 0)
    },
    async remember(account, address) {
      // Without it the place is merely unknown the next time.
      await client.set(keyOf(account, address), Date.now(), 'EX', rememberedSeconds).catch(() => {})
    },
    async forget(account) {
      await client.set(forgottenKeyOf(account), Date.now(), 'EX', rememberedSeconds).catch(() => {})
    },
  }
}
