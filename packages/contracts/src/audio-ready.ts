import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'

export const audioReadyInput = z.object({
  ownerId: z.string(),
  /** Job of the conversion. */
  jobId: z.string(),
  audioId: z.string(),
  /** Name of the audio file as the user shall see it. */
  fileName: z.string(),
  sizeBytes: z.number(),
  durationSeconds: z.number(),
})

/** Whether the owner was told. */
export type AudioReadyResult = { sent: true; messageId: string } | { sent: false; reason: string }

/** Tells the owner of a video that its audio can be downloaded. */
export const audioReady = defineJob<
  z.input<typeof audioReadyInput>,
  z.output<typeof audioReadyInput>,
  AudioReadyResult
>({
  name: 'audio.ready',
  input: audioReadyInput,
  // Over two to three and a half hours: greylisting takes a quarter of one, and mail servers are down for longer.
  attempts: 24,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 15 * 60_000, jitter: 0.5 },
  timeoutMs: 60_000,
})
