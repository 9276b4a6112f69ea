import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { conversionResult } from './conversion-result.ts'

export const audioReadyInput = conversionResult.extend({
  ownerId: z.string(),
  /** Id of the conversion's job. */
  jobId: z.string(),
})

/** Whether a mail was sent. */
export type AudioReadyResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Tells the owner of a file, by mail and by webhooks, that its audio can be downloaded. */
export const audioReady = defineJob<
  z.input<typeof audioReadyInput>,
  z.output<typeof audioReadyInput>,
  AudioReadyResult
>({
  name: 'audio.ready',
  input: audioReadyInput,
  // The attempts spread over 2 to 3.5 hours: greylisting takes 15 minutes, an outage of a mail server longer.
  attempts: 24,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 15 * 60_000, jitter: 0.5 },
  // A mail server may look at a mail for ten minutes before it takes it.
  timeoutMs: 15 * 60_000,
})
