import { createHash } from 'node:crypto'
import { users } from '@jackalope/contracts/api'
import { networkOf, wideNetworkOf } from '@jackalope/service-kit'
import { type CounterLimit, type CounterPlace, count, createCounter, refuseFor } from './counter.ts'
import { createKnownPlaces } from './known-places.ts'

/** How many failures each limit allows. */
export interface LoginLimits {
  /** Of one account from one address. @default 20 in 15 minutes */
  accountAndAddress: CounterLimit
  /** Of all accounts from one address. @default 100 in 15 minutes */
  address: CounterLimit
  /** Of all accounts from one network: /24 of IPv4, /48 of IPv6. @default 300 in 15 minutes */
  network: CounterLimit
  /** Of one account from all addresses. @default 100 in an hour */
  account: CounterLimit
}

export const defaultLoginLimits: LoginLimits = {
  accountAndAddress: { points: 20, seconds: 900 },
  address: { points: 100, seconds: 900 },
  network: { points: 300, seconds: 900 },
  account: { points: 100, seconds: 3_600 },
}

/** A running attempt. It counts as failed until one of these is called. */
export interface LoginAttempt {
  /** Whether the user has logged in from this address before. */
  readonly isKnown: boolean
  /** The password was right: forgets the account's failures from this address, and remembers the place. */
  succeeded(): Promise<void>
  /** The password could not be checked: the attempt does not count. */
  undecided(): Promise<void>
}

export interface LoginAttempts {
  /** Counts an attempt before the password is checked: concurrent attempts cannot exceed the limits.
   *  @throws {HttpProblem} 429, whether the account exists or not */
  begin(email: string, address: string): Promise<LoginAttempt>
  /** Whether the user has logged in from this address before. `false` too while Redis does not answer. */
  knows(email: string, address: string): Promise<boolean>
  /** Remembers this place as if the user had logged in there, and forgets all others: the password was changed, and who had
   *  the old one may be in them. */
  moveTo(email: string, address: string): Promise<void>
}

/** Slows down guessing, in all replicas together.
 *
 *  Nobody can lock a user out by guessing: where the user has logged in from before, only failures of his account from
 *  that very address count. An address can invent 100 accounts, and a network 300, before it is refused: so many keys
 *  it can leave in Redis, for an hour. */
export function createLoginAttempts(
  place: CounterPlace,
  limits: LoginLimits = defaultLoginLimits,
): LoginAttempts {
  const pairs = createCounter(place, 'login-pair', limits.accountAndAddress)
  const addresses = createCounter(place, 'login-address', limits.address)
  const networks = createCounter(place, 'login-network', limits.network)
  const accounts = createCounter(place, 'login-account', limits.account)
  const known = createKnownPlaces(place)

  return {
    async begin(email, address) {
      const account = accountKey(email)
      const keys = { address: networkOf(address), network: wideNetworkOf(address) }
      const pair = `${account}:${keys.address}`
      // First the limits that no invented account escapes, so that inventing them leaves few keys.
      const [isKnown, ...waits] = await Promise.all([
        known.has(account, address),
        count(addresses, keys.address),
        count(networks, keys.network),
      ])
      if (!isKnown) refuseIfAny(waits)
      refuseIfAny(await Promise.all([count(pairs, pair), ...(isKnown ? [] : [count(accounts, account)])]))

      const takeBack = () => [
        addresses.reward(keys.address),
        networks.reward(keys.network),
        ...(isKnown ? [] : [accounts.reward(account)]),
      ]
      return {
        isKnown,
        succeeded: async () => {
          await Promise.all([...takeBack(), pairs.delete(pair), known.remember(account, address)])
        },
        undecided: async () => void (await Promise.all([...takeBack(), pairs.reward(pair)])),
      }
    },
    knows: (email, address) => known.has(accountKey(email), address),
    async moveTo(email, address) {
      const account = accountKey(email)
      await known.forget(account)
      const pair = `${account}:${networkOf(address)}`
      await Promise.all([known.remember(account, address), pairs.delete(pair)])
    },
  }
}

/** A short key of an account: long addresses do not fill Redis, and it holds no personal data. */
function accountKey(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest().subarray(0, 16).toString('base64url')
}

function refuseIfAny(waitsMs: readonly number[]): void {
  refuseFor(Math.max(...waitsMs), users.tooManyAttempts, 'Too many failed logins.')
}
