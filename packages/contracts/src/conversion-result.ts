import { z } from 'zod'
import { audioFormat } from './conversion-options.ts'
import { explanation } from './explanations/schema.ts'

/** Something that the owner of a file should know about its audio. */
export const conversionWarning = z
  .object({
    code: z
      .enum(['damaged', 'incomplete', 'changed', 'tracks-skipped'])
      .describe('What kind of warning it is.'),
    text: z.string().describe('In words for the owner.'),
    explanation: explanation.optional(),
    seconds: z.number().optional().describe('How much of the audio is missing or affected, in seconds.'),
  })
  .meta({ id: 'ConversionWarning' })
export type ConversionWarning = z.infer<typeof conversionWarning>

/** An audio track of the uploaded file. */
export const audioTrack = z
  .object({
    number: z.int().describe('1 for the first audio track.'),
    codec: z.string().describe('As ffmpeg names it, such as "aac".'),
    channels: z.int(),
    language: z.string().optional(),
    title: z.string().optional(),
    role: z.string().optional().describe('What the track is besides a usual one, such as "commentary".'),
    isDefault: z.boolean().optional(),
  })
  .meta({ id: 'AudioTrack' })
export type AudioTrack = z.infer<typeof audioTrack>

/** Result of a conversion. The video's metadata holds it too, under `result`. */
export const conversionResult = z.object({
  /** Id of the audio's blob, in the store of audio files. */
  audioId: z.string(),
  fileName: z.string(),
  sizeBytes: z.number(),
  durationSeconds: z.number(),
  format: audioFormat.default('mp3'),
  warnings: z.array(conversionWarning).default([]).describe('Empty when the audio is whole.'),
  track: z.int().optional().describe('Number of the track that was taken.'),
  sha256: z.string().optional().describe('SHA-256 of the audio file, in hexadecimal.'),
  sameAs: z
    .string()
    .optional()
    .describe('The job that converted the same file with the same options before: its audio was taken.'),
  tracks: z.array(audioTrack).default([]).describe('The audio tracks of the file.'),
})
export type ConversionResult = z.infer<typeof conversionResult>
