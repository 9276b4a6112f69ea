import { stat } from 'node:fs/promises'
import type { AudioTrack, ConversionOptions, ConversionWarning } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import { audioLength } from './audio-length.ts'
import { noAudio, unsupported } from './classify-failure.ts'
import { type Probe, type ProbedStream, type ProbeOptions, probe } from './probe.ts'
import type { ChosenTrack, Source } from './source.ts'
import { codecName, describeTrack, isDecodable, rankTracks } from './tracks.ts'

/** Looks into a file.
 *  @param path - absolute
 *  @returns the ways to read it, best first: each has another track as the chosen one. There is at least one
 *  @throws {ConverterError} if its conversion cannot succeed */
export async function inspectSource(
  path: string,
  options: ProbeOptions & { conversion: Pick<ConversionOptions, 'track'> },
): Promise<[Source, ...Source[]]> {
  const sizeBytes = await sizeOfCopy(path)
  const probed = await probe(path, options)
  const streams = probed.streams.filter(isAudio)
  if (streams.length === 0) throw noAudio()
  const tracks = streams.map((stream, at) => describeTrack(stream, at + 1))
  const cover = probed.streams.find(isCover)
  const streamOf = ({ number }: AudioTrack) => streams[number - 1] as ProbedStream
  const ranked = rankTracks(tracks, options.conversion.track)
  const toSource = (track: AudioTrack): Source => ({
    tracks,
    chosen: chooseTrack(streamOf(track), track.number),
    length: audioLength(probed, streamOf(track), sizeBytes),
    tags: tagsOf(probed, streamOf(track)),
    cover: cover && { index: cover.index },
    container: probed.container,
    warnings: [],
    isCut: false,
    isBroken: false,
  })
  const [first, ...others] = ranked.filter(track => isDecodable(streamOf(track))).map(toSource)
  if (!first) throw undecodable(ranked.map(streamOf))
  return [first, ...others]
}

/** What is to be said of the tracks that would have been taken before the chosen one. */
export function describeSkipped({ tracks, chosen }: Source, wanted?: number | string): ConversionWarning[] {
  const ranked = rankTracks(tracks, wanted)
  const skipped = ranked.slice(
    0,
    ranked.findIndex(({ number }) => number === chosen.number),
  )
  if (skipped.length === 0) return []
  const names = skipped.map(({ number, codec }) => `${number} (${codec})`).join(', ')
  const [subject, verb] = skipped.length === 1 ? ['Track', 'has'] : ['Tracks', 'have']
  return [
    {
      code: 'tracks-skipped',
      text: `${subject} ${names} ${verb} no sound that can be decoded. Track ${chosen.number} was taken.`,
    },
  ]
}

function isAudio({ codec_type }: ProbedStream): boolean {
  return codec_type === 'audio'
}

/** A picture of a kind that every format takes. */
function isCover({ codec_type, codec_name, disposition }: ProbedStream): boolean {
  return codec_type === 'video' && disposition.attached_pic === 1 && /^(mjpeg|png)$/.test(codec_name ?? '')
}

function chooseTrack(stream: ProbedStream, number: number): ChosenTrack {
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

/** No track has parameters of sound: its codec is unknown, or it is empty. */
function undecodable(streams: readonly ProbedStream[]): ConverterError {
  const codecs = [...new Set(streams.map(codecName))].slice(0, 5)
  return unsupported(
    `${codecs.map(codec => `"${codec}"`).join(', ')} ${codecs.length > 1 ? 'are' : 'is'} unknown, or nothing is in it`,
  )
}

/** In Ogg the tags of a recording are those of its track. */
function tagsOf({ container, tags }: Probe, audio: ProbedStream): Record<string, string> {
  return container === 'ogg' ? { ...audio.tags, ...tags } : tags
}

/** Size of the local copy of a file, in bytes.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE` if it is gone, `ERR_FILE_EMPTY` */
export async function sizeOfCopy(path: string): Promise<number> {
  const { size } = await stat(path).catch(cause => {
    throw new ConverterError('ERR_COPY_INCOMPLETE', `The copy of the video is gone: ${path}`, { cause })
  })
  if (size === 0) throw new ConverterError('ERR_FILE_EMPTY', 'The file is empty.')
  return size
}
