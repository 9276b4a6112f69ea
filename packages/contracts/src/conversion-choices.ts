// What can be chosen for a conversion, as plain data: the page shows it, and a browser needs no schemas for that.

/** Audio formats of the result. */
export const audioFormats = ['mp3', 'm4a', 'opus', 'flac', 'wav'] as const
export type AudioFormat = (typeof audioFormats)[number]

/** Media types of the formats. */
export const audioMediaTypes: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  wav: 'audio/wav',
}

/** Longest title, artist or album, in characters. */
export const maxTextLength = 200

/** Bit rates of the formats that have one, in kbit/s. */
export const bitrates: Partial<Record<AudioFormat, { min: number; max: number }>> = {
  mp3: { min: 64, max: 320 },
  m4a: { min: 32, max: 320 },
  opus: { min: 32, max: 320 },
}

/** Sample rates that the encoders take, in Hz; those that are not listed take any in between. */
export const sampleRates: Partial<Record<AudioFormat, readonly number[]>> = {
  mp3: [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
  m4a: [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000],
  opus: [8_000, 12_000, 16_000, 24_000, 48_000],
}

/** Highest bit rate of an MP3 of such a sample rate, in kbit/s. */
export function maxMp3Kilobits(sampleRate: number): number {
  if (sampleRate < 16_000) return 64
  return sampleRate < 32_000 ? 160 : 320
}

/** Highest bit rate of one channel of Opus, in kbit/s. */
export const maxOpusMonoKilobits = 256
