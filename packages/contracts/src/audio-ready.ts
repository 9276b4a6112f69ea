import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { conversionResult } from './conversion-result.ts'
import { mailRetries } from './mail-retries.ts'

export const audioReadyInput = conversionResult.extend({
  ownerId: z.string(),
  /** Id of the conversion's job. */
  jobId: z.string(),
})

/** Whether the owner is told: by webhooks, and by a mail that has a job of its own. */
export type AudioReadyResult = { told: true } | { told: false; reason: string }

/** Tells the owner of a file, by mail and by webhooks, that its audio can be downloaded. */
export const audioReady = defineJob<
  z.input<typeof audioReadyInput>,
  z.output<typeof audioReadyInput>,
  AudioReadyResult
>({
  name: 'audio.ready',
  input: audioReadyInput,
  ...mailRetries,
})
