import type { Probe, ProbedStream } from './probe.ts'
import type { ChosenTrack } from './source.ts'

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
    language: stream.tags.language,
    sampleRate: stream.sample_rate ?? 0,
    channels: stream.channels ?? 0,
    bitsPerSample: stream.bits_per_raw_sample || stream.bits_per_sample || 0,
  }
}

/** In Ogg the tags of a recording are those of its track. */
export function tagsOf({ container, tags }: Probe, audio: ProbedStream): Record<string, string> {
  return container === 'ogg' ? { ...audio.tags, ...tags } : tags
}
