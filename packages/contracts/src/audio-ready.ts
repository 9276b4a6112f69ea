import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'

export const audioReadyInput = z.object({
  ownerId: z.string(),
  /** Id of the conversion's job. */
  jobId: z.string(),
  audioId: z.string(),
  /** Name of the audio file, as the user sees it. */
  fileName: z.string(),
  sizeBytes: z.number(),
  durationSeconds: z.number(),
})

/** Whether a mail was sent. */
export type AudioReadyResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Mails the owner of a video that its audio can be downloaded. */
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
  timeoutMs: 60_000,
})
