/** How long a failed job waits before its next attempt. */
export interface RetryPolicy {
  /** `fixed`: always `delayMs`. `exponential`: doubles with every attempt. */
  type: 'fixed' | 'exponential'
  /** Wait before the second attempt, in milliseconds. Integer >= 1. */
  delayMs: number
  /** Share of the wait that is drawn at random, 0 to 1: with 0.5 a wait is 50 % to 100 % of its length. @default 0 */
  jitter?: number
  /** Longest wait, in milliseconds. Integer >= `delayMs`. @default none */
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
  const fullMs = Math.min(policy.delayMs * growth, policy.maxDelayMs ?? Number.MAX_SAFE_INTEGER)
  return Math.round(fullMs * (1 - (policy.jitter ?? 0) * random()))
}
