import { type ConversionOptions, maxMp3Kilobits, maxOpusMonoKilobits } from '@jackalope/contracts'
import type { ChosenTrack } from './source.ts'

/** What an encoder is told, and what its output must be. */
export interface Encoder {
  /** Name of the codec in the output, as ffmpeg calls it. */
  codec: string
  arguments: string[]
  sampleRate: number
  channels: number
  /** About as many bytes has a second of the output; a little more than less. */
  bytesPerSecond: number
  /** Whether that is the same for every recording. */
  isConstantRate: boolean
}

/** Rates that the formats know, in Hz; the others take any. */
const aacRates = [
  8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000,
]
const opusRates = [8_000, 12_000, 16_000, 24_000, 48_000]

/** Highest bit rate of a VBR of quality 0, in kbit/s, about. */
const vbrKilobits = 260

/** Chooses the encoder's settings: those of the options, else what suits the source. */
export function chooseEncoder(options: ConversionOptions, track: ChosenTrack): Encoder {
  // MP3 is the same whatever the source, as it always was.
  const channels =
    options.channels ?? (options.format === 'mp3' ? 2 : Math.max(1, Math.min(track.channels, 2)))
  switch (options.format) {
    case 'mp3':
      return mp3(options, channels)
    case 'm4a':
      return aac(options, channels, track)
    case 'opus':
      return opus(options, channels, track)
    case 'flac':
    case 'wav':
      return lossless(options, channels, track)
  }
}

function mp3({ sampleRate = 44_100, bitrate, quality }: ConversionOptions, channels: number): Encoder {
  const highest = maxMp3Kilobits(sampleRate)
  const kilobits = bitrate ?? Math.min(192, highest)
  const rate = quality === undefined ? ['-b:a', `${kilobits}k`] : ['-q:a', String(quality)]
  return {
    codec: 'mp3',
    arguments: ['-c:a', 'libmp3lame', ...rate],
    sampleRate,
    channels,
    bytesPerSecond: ((quality === undefined ? kilobits : Math.min(vbrKilobits, highest)) * 1_000) / 8,
    isConstantRate: quality === undefined,
  }
}

function aac({ sampleRate, bitrate }: ConversionOptions, channels: number, track: ChosenTrack): Encoder {
  const kilobits = bitrate ?? 96 * channels
  return {
    codec: 'aac',
    arguments: ['-c:a', 'aac', '-b:a', `${kilobits}k`],
    sampleRate: sampleRate ?? nearest(aacRates, track.sampleRate),
    channels,
    bytesPerSecond: (kilobits * 1_000) / 8 + 500,
    isConstantRate: false,
  }
}

function opus({ sampleRate, bitrate }: ConversionOptions, channels: number, track: ChosenTrack): Encoder {
  const kilobits = Math.min(bitrate ?? 64 * channels, channels === 1 ? maxOpusMonoKilobits : 512)
  return {
    codec: 'opus',
    arguments: ['-c:a', 'libopus', '-b:a', `${kilobits}k`],
    sampleRate: sampleRate ?? nearest(opusRates, track.sampleRate),
    channels,
    // Its bit rate varies around what it is told.
    bytesPerSecond: (kilobits * 1_000 * 1.2) / 8,
    isConstantRate: false,
  }
}

function lossless(
  { format, sampleRate: wanted }: ConversionOptions,
  channels: number,
  track: ChosenTrack,
): Encoder {
  const bits = track.bitsPerSample > 16 ? 24 : 16
  const sampleRate = wanted ?? losslessRate(format, track.sampleRate)
  const pcm = `pcm_s${bits}le`
  const flac = bits === 24 ? ['-sample_fmt', 's32', '-bits_per_raw_sample', '24'] : ['-sample_fmt', 's16']
  return {
    codec: format === 'flac' ? 'flac' : pcm,
    // Beyond 4 GiB a WAV is an RF64, which players of such files know.
    arguments: format === 'flac' ? ['-c:a', 'flac', ...flac] : ['-c:a', pcm, '-rf64', 'auto'],
    sampleRate,
    channels,
    bytesPerSecond: (sampleRate * channels * bits) / 8,
    isConstantRate: format === 'wav',
  }
}

/** That of the source, within what the options allow. FLAC states its rate in 16 bits, of Hz or of 10 Hz (RFC 9639, 9.1.2). */
function losslessRate(format: ConversionOptions['format'], sourceRate: number): number {
  const rate = Math.min(Math.max(sourceRate, 8_000), 96_000)
  return format === 'flac' && rate > 0xffff ? Math.round(rate / 10) * 10 : rate
}

/** The lowest of the rates that is not below the wanted one, else the highest. */
function nearest(rates: readonly number[], wanted: number): number {
  return rates.find(rate => rate >= wanted) ?? rates.at(-1) ?? wanted
}
