import { isIPv6 } from 'node:net'
import { HttpProblem } from '@jackalope/service-kit'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

export interface LoginAttemptLimits {
  /** Failed attempts on an account from one address in one window. @default 20 */
  maxAttempts?: number
  /** Length of a window, in seconds. It starts with its first attempt. @default 900 */
  windowSeconds?: number
}

/** A running attempt. It counts as failed until one of these is called. */
export interface LoginAttempt {
  /** The password was right: resets the failures. */
  succeeded(): Promise<void>
  /** The password could not be checked: the attempt does not count. */
  undecided(): Promise<void>
}

export interface LoginAttempts {
  /** Counts an attempt before the password is checked: concurrent attempts cannot exceed the limit.
   *  @throws {HttpProblem} 429, whether the account exists or not */
  begin(email: string, address: string): Promise<LoginAttempt>
}

/** Slows down guessing an account's password from one network. The counts are in memory: each process of auth has its
 *  own, and a restart resets them. */
export function createLoginAttempts(limits: LoginAttemptLimits = {}): LoginAttempts {
  const { maxAttempts = 20, windowSeconds = 15 * 60 } = limits
  const limiter = new RateLimiterMemory({ points: maxAttempts, duration: windowSeconds })
  return {
    async begin(email, address) {
      // No registered address is longer. Cutting the key keeps long addresses from filling the memory.
      const key = `${email.toLowerCase().slice(0, 255)} ${networkOf(address)}`
      await limiter.consume(key).catch((rejected: RateLimiterRes) => {
        throw tooManyAttempts(rejected.msBeforeNext)
      })
      return {
        succeeded: async () => void (await limiter.delete(key)),
        undecided: async () => void (await limiter.reward(key)),
      }
    },
  }
}

/** An IPv4 address as it is; of an IPv6 address the /64 prefix, which belongs to one subscriber. */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (v4) return v4
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().replace(/%.*/, '').split('::')
  const groups = head === '' ? [] : head.split(':')
  const shown = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(Math.max(0, 8 - groups.length - shown.length)).fill('0')
  return [...groups, ...zeros, ...shown]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}

function tooManyAttempts(waitMs: number): HttpProblem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new HttpProblem(429, {
    code: 'too-many-attempts',
    detail: `Too many failed logins for this account. Please try again in ${seconds} seconds.`,
    headers: { 'Retry-After': String(seconds) },
  })
}
