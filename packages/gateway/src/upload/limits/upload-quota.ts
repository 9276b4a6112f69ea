import type { RequestUser } from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { isGuest } from './guest-limits.ts'

/** What users may upload in a day who have not confirmed their mail address. */
export const unverifiedQuota = { uploads: 5, seconds: 86_400, maxBytes: 200 * 1024 ** 2 }

/** Counts the uploads of users who have not confirmed their mail address. */
export interface UploadQuota {
  /** Largest file of this user, in bytes. */
  maxBytes(user: RequestUser): number
  /** Counts an upload; the function that is returned takes it back, since it came to nothing.
   *  @throws {HttpProblem} 429 */
  count(user: RequestUser): Promise<() => Promise<void>>
}

export interface UploadQuotaOptions {
  /** Largest file of a user who has confirmed his address, in bytes. */
  maxBytes: number
  /** Largest file of a guest, in bytes. */
  guestMaxBytes: number
  /** Limits to `unverifiedQuota.uploads` in `unverifiedQuota.seconds`. */
  limiter: Pick<RateLimiterAbstract, 'consume' | 'reward'>
}

export function createUploadQuota({ maxBytes, guestMaxBytes, limiter }: UploadQuotaOptions): UploadQuota {
  return {
    maxBytes(user) {
      if (isGuest(user)) return Math.min(maxBytes, guestMaxBytes)
      return user.emailVerified ? maxBytes : Math.min(maxBytes, unverifiedQuota.maxBytes)
    },
    async count(user) {
      const { id, emailVerified } = user
      // A guest has limits of his own, and no address to confirm.
      if (emailVerified || isGuest(user)) return async () => {}
      try {
        await limiter.consume(id)
      } catch (error) {
        // Everything but a used-up quota is an error; the limiter counts in memory while Redis is away.
        if (error instanceof Error) throw error
        throw quotaUsedUp((error as RateLimiterRes).msBeforeNext)
      }
      return async () => void (await limiter.reward(id).catch(() => {}))
    },
  }
}

function quotaUsedUp(waitMs: number) {
  const seconds = Math.max(Math.ceil(waitMs / 1_000), 1)
  return problem(uploads.quotaUsedUp, {
    detail: `Without a confirmed mail address ${unverifiedQuota.uploads} uploads a day are possible. Confirm it: the link is in the mail that you got when you registered. Or try again in ${seconds} seconds.`,
    headers: { 'Retry-After': String(seconds) },
  })
}
