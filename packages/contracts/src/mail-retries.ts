/** How a job is tried again that sends a mail, or tells of something. */
export const mailRetries = {
  // The attempts spread over 2 to 3.5 hours: greylisting takes 15 minutes, an outage of a mail server longer.
  attempts: 24,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 15 * 60_000, jitter: 0.5 },
  // A mail server may look at a mail for ten minutes before it takes it.
  timeoutMs: 15 * 60_000,
} as const
