import { stat } from 'node:fs/promises'
import { ConverterError } from '../converter-error.ts'
import { audioLength } from './audio-length.ts'
import { cutShort, noAudio } from './classify-failure.ts'
import { type Probe, type ProbedStream, type ProbeOptions, probe } from './probe.ts'
import type { ChosenTrack, Source } from './source.ts'

/** Refuses files whose conversion cannot succeed.
 *  @param path - absolute
 *  @throws {ConverterError} */
export async function inspectSource(path: string, options: ProbeOptions): Promise<Source> {
  const sizeBytes = await sizeOfCopy(path)
  const probed = await probe(path, options)
  const { audio } = probed
  if (!audio) throw noAudio()
  if (isCutTransportStream(probed, sizeBytes)) throw cutShort()
  const cover = probed.streams.find(isCover)
  const audios = probed.streams.filter(isAudio)
  return {
    tracks: audios.map((stream, at) => ({
      number: at + 1,
      language: stream.tags.language,
      title: stream.tags.title,
      codec: stream.codec_name ?? 'unknown',
      channels: stream.channels ?? 0,
      isDefault: stream.disposition.default === 1,
    })),
    chosen: describeTrack(audio, audios.indexOf(audio) + 1),
    length: audioLength(probed, sizeBytes),
    tags: tagsOf(probed, audio),
    cover: cover && { index: cover.index },
    warnings: [],
  }
}

function isAudio({ codec_type }: ProbedStream): boolean {
  return codec_type === 'audio'
}

/** A picture of a kind that every format takes. */
function isCover({ codec_type, codec_name, disposition }: ProbedStream): boolean {
  return codec_type === 'video' && disposition.attached_pic === 1 && /^(mjpeg|png)$/.test(codec_name ?? '')
}

function describeTrack(stream: ProbedStream, number: number): ChosenTrack {
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
function tagsOf({ container, tags }: Probe, audio: ProbedStream): Record<string, string> {
  return container === 'ogg' ? { ...audio.tags, ...tags } : tags
}

/** Size of the local copy of a video, in bytes.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE` if it is gone, `ERR_FILE_EMPTY` */
export async function sizeOfCopy(path: string): Promise<number> {
  const { size } = await stat(path).catch(cause => {
    throw new ConverterError('ERR_COPY_INCOMPLETE', `The copy of the video is gone: ${path}`, { cause })
  })
  if (size === 0) throw new ConverterError('ERR_FILE_EMPTY', 'The file is empty.')
  return size
}

/** Packet sizes of plain streams, streams with time codes, and streams with error correction. */
const packetSizes = [188, 192, 204]

/** A transport stream has no end marker: ffmpeg takes a truncated one for complete. */
function isCutTransportStream({ container }: Probe, sizeBytes: number): boolean {
  return container === 'mpegts' && packetSizes.every(size => sizeBytes % size !== 0)
}
