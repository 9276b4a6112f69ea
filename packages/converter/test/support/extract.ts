import { type ExtractedAudio, type ExtractOptions, extractAudio } from '../../src/audio/extract-audio.ts'
import { probe } from '../../src/audio/probe.ts'
import type { MediaFolder } from './media-folder.ts'

export const tools = { ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe', maxAudioSeconds: 6 * 3_600 }

/** Extracts into a new file of the folder. */
export async function extract(
  media: MediaFolder,
  input: string,
  options: Partial<ExtractOptions> = {},
): Promise<ExtractedAudio & { path: string }> {
  const path = media.newPath()
  return { path, ...(await extractAudio(input, path, { ...tools, ...options })) }
}

export async function probeFile(path: string) {
  return probe(path, tools)
}
