import { z } from 'zod'
import {
  audioFormats,
  bitrates,
  maxMp3Kilobits,
  maxOpusMonoKilobits,
  maxTextLength,
  sampleRates,
} from './conversion-choices.ts'

/** Audio formats of the result. */
export const audioFormat = z.enum(audioFormats)

const text = z
  .string()
  .trim()
  .min(1)
  .max(maxTextLength)
  .regex(/^\P{Cc}*$/u, 'expected a text without control characters')

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
    sampleRate: z
      .int()
      .min(8_000)
      .max(96_000)
      .optional()
      .describe(
        'Sample rate in Hz, one that the format has. mp3 has 44,100 by default, the others that of the file.',
      ),
    channels: z
      .union([z.literal(1), z.literal(2)], 'expected 1 or 2')
      .optional()
      .describe('mp3 has 2 by default, the others as many as the file, 2 at most.'),
    track: z
      .union(
        [z.int().min(1).max(1_000), z.string().regex(/^[a-z]{2,3}$/)],
        'expected a number from 1, or a language such as "de" or "deu"',
      )
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
    const rates = sampleRates[format]
    const range = bitrates[format] && { ...bitrates[format] }
    if (range && format === 'mp3') range.max = maxMp3Kilobits(sampleRate ?? 44_100)
    if (range && format === 'opus' && value.channels === 1) range.max = maxOpusMonoKilobits
    if (bitrate !== undefined && !range) refuse('bitrate', `${format} has no bit rate`)
    else if (bitrate !== undefined && range && (bitrate < range.min || bitrate > range.max))
      refuse(
        'bitrate',
        `expected ${range.min} to ${range.max} kbit/s, for ${format} of this sample rate and channels`,
      )
    if (quality !== undefined && format !== 'mp3') refuse('quality', 'only mp3 has a quality')
    else if (quality !== undefined && bitrate !== undefined)
      refuse('quality', 'either quality or bitrate is given, not both')
    if (sampleRate !== undefined && rates && !rates.includes(sampleRate))
      refuse('sampleRate', `${format} has a sample rate of ${rates.join(', ')} Hz`)
    // RFC 9639, 9.1.2: a frame states its rate in 16 bits, of Hz or of 10 Hz.
    if (sampleRate !== undefined && format === 'flac' && sampleRate > 0xffff && sampleRate % 10 !== 0)
      refuse('sampleRate', 'above 65,535 Hz, flac has multiples of 10 Hz')
    if (end !== undefined && end <= start) refuse('end', 'the end comes after the start')
  })
  .meta({ id: 'ConversionOptions' })
export type ConversionOptions = z.output<typeof conversionOptions>
