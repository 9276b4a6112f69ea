import { type ConversionOptions, conversionOptions } from '@jackalope/contracts'
import { type ExtractedAudio, type ExtractOptions, extractAudio } from '../../src/audio/extract-audio.ts'
import { probe } from '../../src/audio/probe.ts'
import type { MediaFolder } from './media-folder.ts'

export const tools = {
  ffmpegPath: 'ffmpeg',
  ffprobePath: 'ffprobe',
  maxAudioSeconds: 6 * 3_600,
  maxAudioBytes: 5e9,
}

interface Wanted {
  /** What the owner wants. @default an MP3 as it always was */
  conversion?: Partial<ConversionOptions>
}

/** What the owner of a file gets without asking for anything. */
export const defaults = conversionOptions.parse({})

/** Extracts into a new file of the folder. */
export async function extract(
  media: MediaFolder,
  input: string,
  { conversion, ...options }: Partial<Omit<ExtractOptions, 'conversion'>> & Wanted = {},
): Promise<ExtractedAudio & { path: string }> {
  const path = media.newPath()
  const wanted = conversionOptions.parse(conversion ?? {})
  return { path, ...(await extractAudio(input, path, { ...tools, ...options, conversion: wanted })) }
}

export async function probeFile(path: string) {
  return probe(path, tools)
}
