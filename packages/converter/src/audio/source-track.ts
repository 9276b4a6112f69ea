import type { Probe, ProbedStream } from './probe.ts'
import type { ChosenTrack } from './source.ts'
import { languageOf } from './tracks.ts'

export function isAudio({ codec_type }: ProbedStream): boolean {
  return codec_type === 'audio'
}

/** What the output depends on. */
export function chooseTrack(stream: ProbedStream, number: number): ChosenTrack {
  return {
    index: stream.index,
    number,
    codec: stream.codec_name ?? 'unknown',
    profile: stream.profile,
    language: languageOf(stream),
    sampleRate: stream.sample_rate ?? 0,
    channels: stream.channels ?? 0,
    layout: stream.channel_layout,
    bitsPerSample: bitsOf(stream),
  }
}

/** DSD has bits that are no samples: what is heard in them has more than 16. */
function bitsOf({ codec_name, bits_per_raw_sample, bits_per_sample }: ProbedStream): number {
  return codec_name?.startsWith('dsd_') ? 24 : bits_per_raw_sample || bits_per_sample || 0
}

/** In Ogg the tags of a recording are those of its track. */
export function tagsOf({ container, tags }: Probe, audio: ProbedStream): Record<string, string> {
  return container === 'ogg' ? { ...audio.tags, ...tags } : tags
}
