import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'

/** Audio formats that a video can be turned into. */
export const audioFormat = z.enum(['mp3'])

export const convertVideoInput = z.object({
  /** Blob of the video, in the store of videos. */
  videoId: z.string(),
  ownerId: z.string(),
  /** Name of the uploaded file, for whoever is to tell its owner of the conversion. */
  fileName: z.string().optional(),
  format: audioFormat.default('mp3'),
})

/** What a finished conversion yields; also kept in the video's metadata under `result`. */
export const conversionResult = z.object({
  /** Blob of the audio, in the store of audio files. */
  audioId: z.string(),
  fileName: z.string(),
  sizeBytes: z.number(),
  durationSeconds: z.number(),
})
export type ConversionResult = z.infer<typeof conversionResult>

/** Turns a stored video into a stored audio file. Its job id is the video's id prefixed `v-`. */
export const convertVideo = defineJob<
  z.input<typeof convertVideoInput>,
  z.output<typeof convertVideoInput>,
  ConversionResult
>({
  name: 'video.convert',
  input: convertVideoInput,
  // Ten attempts over one and a quarter to two and a half minutes: outlasts a restarted database.
  attempts: 10,
  backoff: { type: 'exponential', delayMs: 1_000, maxDelayMs: 30_000, jitter: 0.5 },
  timeoutMs: 60 * 60_000,
})

export function jobIdOfVideo(videoId: string): string {
  return `v-${videoId}`
}

/** `undefined` when the text is no job id of this service. */
export function videoIdOfJob(jobId: string): string | undefined {
  return /^v-[0-9a-f]{24}$/.test(jobId) ? jobId.slice(2) : undefined
}
