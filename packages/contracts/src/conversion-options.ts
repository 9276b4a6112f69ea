import { z } from 'zod'

/** Audio formats of the result. */
export const audioFormat = z.enum(['mp3', 'm4a', 'opus', 'flac', 'wav'])
export type AudioFormat = z.infer<typeof audioFormat>

const text = z.string().trim().min(1).max(200)

/** Bit rates of the formats that have one, in kbit/s. */
const bitrates: Partial<Record<AudioFormat, { min: number; max: number }>> = {
  mp3: { min: 64, max: 320 },
  m4a: { min: 32, max: 320 },
  opus: { min: 32, max: 320 },
}

/** Sample rates that the encoders take, in Hz. */
const sampleRates: Record<AudioFormat, readonly number[]> = {
  mp3: [32_000, 44_100, 48_000],
  m4a: [32_000, 44_100, 48_000, 88_200, 96_000],
  opus: [48_000],
  flac: [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000],
  wav: [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000],
}

/** What the owner of a file asks for. Unknown fields are refused; what is left out is the converter's choice. */
export const conversionOptions = z
  .strictObject({
    format: audioFormat.default('mp3'),
    bitrate: z
      .int()
      .optional()
      .describe('Bit rate in kbit/s: 64 to 320 for mp3, 32 to 320 for m4a and opus; flac and wav have none.'),
    quality: z
      .int()
      .min(0)
      .max(9)
      .optional()
      .describe('Quality of an mp3 of variable bit rate, 0 the best; not together with bitrate.'),
    sampleRate: z.int().optional().describe('Sample rate in Hz, one that the format has.'),
    channels: z.union([z.literal(1), z.literal(2)]).optional(),
    track: z
      .union([z.int().min(1).max(1_000), z.string().regex(/^[a-z]{2,3}$/)])
      .optional()
      .describe('Audio track: its number, 1 for the first, or its language, such as "de" or "deu".'),
    start: z.number().min(0).optional().describe('Where the audio begins, in seconds.'),
    end: z.number().positive().optional().describe('Where the audio ends, in seconds.'),
    normalize: z.boolean().default(false).describe('Whether the loudness becomes that of EBU R128.'),
    title: text.optional(),
    artist: text.optional(),
    album: text.optional(),
    tags: z.enum(['keep', 'drop']).default('keep').describe('What happens to the tags of the file.'),
    cover: z.enum(['keep', 'drop']).default('keep').describe('What happens to the picture of the file.'),
    onDamage: z
      .enum(['deliver', 'fail'])
      .default('deliver')
      .describe('Of a damaged file: deliver what can be decoded, with warnings, or fail.'),
  })
  .check(({ value, issues }) => {
    const refuse = (field: keyof typeof value, message: string) =>
      issues.push({ code: 'custom', path: [field], message, input: value[field] })
    const { format, bitrate, quality, sampleRate, start = 0, end } = value
    const range = bitrates[format]
    if (bitrate !== undefined && !range) refuse('bitrate', `${format} has no bit rate`)
    else if (bitrate !== undefined && range && (bitrate < range.min || bitrate > range.max))
      refuse('bitrate', `${format} has a bit rate of ${range.min} to ${range.max} kbit/s`)
    if (quality !== undefined && format !== 'mp3') refuse('quality', 'only mp3 has a quality')
    else if (quality !== undefined && bitrate !== undefined)
      refuse('quality', 'either quality or bitrate is given, not both')
    if (sampleRate !== undefined && !sampleRates[format].includes(sampleRate))
      refuse('sampleRate', `${format} has a sample rate of ${sampleRates[format].join(', ')} Hz`)
    if (end !== undefined && end <= start) refuse('end', 'the end comes after the start')
  })
  .meta({ id: 'ConversionOptions' })
export type ConversionOptions = z.output<typeof conversionOptions>
