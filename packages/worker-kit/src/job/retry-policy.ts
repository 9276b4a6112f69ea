import { findFaults, integer, type OptionRules, optional, required } from '../check-options.ts'

/** Longest wait between two attempts, in milliseconds: a year of 366 days. Redis keeps the wait, no timer of Node's. */
export const LONGEST_RETRY_DELAY_MS = 366 * 24 * 3_600_000

/** How long a failed job waits before its next attempt. */
export interface RetryPolicy {
  /** `fixed`: always `delayMs`. `exponential`: doubles with every attempt. */
  type: 'fixed' | 'exponential'
  /** Wait before the second attempt, in milliseconds. Integer from 1 to 31,622,400,000, which is 366 days. */
  delayMs: number
  /** Share of the wait that is drawn at random, 0 to 1: with 0.5 a wait is 50 % to 100 % of its length. @default 0 */
  jitter?: number
  /** Longest wait, in milliseconds. Integer from `delayMs` to 31,622,400,000. @default 366 days */
  maxDelayMs?: number
}

/** Wait after the given failed attempt, in milliseconds.
 *  @param attemptsMade - attempts made so far, 1 after the first. */
export function retryDelayMs(
  policy: RetryPolicy,
  attemptsMade: number,
  random: () => number = Math.random,
): number {
  const growth = policy.type === 'exponential' ? 2 ** (attemptsMade - 1) : 1
  const fullMs = Math.min(policy.delayMs * growth, policy.maxDelayMs ?? LONGEST_RETRY_DELAY_MS)
  return Math.round(fullMs * (1 - (policy.jitter ?? 0) * random()))
}

/** What is wrong with a retry policy: one sentence for each part. */
export function backoffFaults(policy: object): string[] {
  const { delayMs } = policy as Partial<RetryPolicy>
  const least = Number.isSafeInteger(delayMs) ? Math.max(1, delayMs as number) : 1
  const rules: OptionRules<keyof RetryPolicy> = {
    type: required('"fixed" or "exponential"', type => type === 'fixed' || type === 'exponential'),
    delayMs: required(
      `an integer from 1 to ${LONGEST_RETRY_DELAY_MS}`,
      value => value !== undefined && integer(1, LONGEST_RETRY_DELAY_MS)(value) === undefined,
    ),
    jitter: optional('a number from 0 to 1', share => typeof share === 'number' && share >= 0 && share <= 1),
    maxDelayMs: integer(least, LONGEST_RETRY_DELAY_MS),
  }
  return findFaults(policy, rules, 'backoff.')
}
