import { isIPv6 } from 'node:net'
import { HttpProblem } from '@jackalope/service-kit'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

export interface LoginAttemptLimits {
  /** Attempts in one window for an account from an address, successful ones not counted. @default 20 */
  maxAttempts?: number
  /** Length of the window, which begins with its first attempt, in seconds. @default 900 */
  windowSeconds?: number
}

/** An attempt under way. It counts as failed unless something else is said. */
export interface LoginAttempt {
  /** The password was right: earlier failures are forgotten. */
  succeeded(): Promise<void>
  /** It could not be decided: it does not count. */
  undecided(): Promise<void>
}

export interface LoginAttempts {
  /** Counts before the password is looked at: attempts at once can't outrun the limit.
   *  @throws {HttpProblem} 429, whether there is such an account or not. */
  begin(email: string, address: string): Promise<LoginAttempt>
}

/** Slows down guessing one account's password from one network. Kept in memory: with several processes of auth each
 *  allows as many, and a restart forgets. */
export function createLoginAttempts(limits: LoginAttemptLimits = {}): LoginAttempts {
  const { maxAttempts = 20, windowSeconds = 15 * 60 } = limits
  const limiter = new RateLimiterMemory({ points: maxAttempts, duration: windowSeconds })
  return {
    async begin(email, address) {
      // No registered address is longer: cut off, a flood of long ones can't fill the memory.
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

/** An IPv4 address itself; of an IPv6 address its /64, which one subscriber has to himself. */
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
