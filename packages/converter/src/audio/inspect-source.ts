import { stat } from 'node:fs/promises'
import { type AudioTrack, type ConversionWarning, explained } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import { type AudioLength, audioLength } from './audio-length.ts'
import { indexMissing, noAudio, noSound, unsupported } from './classify-failure.ts'
import { type JoinOptions, joinParts } from './join-parts.ts'
import { type Probe, type ProbedStream, probe } from './probe.ts'
import { repairHeader } from './repair-header.ts'
import type { Source } from './source.ts'
import { chooseTrack, isAudio, tagsOf } from './source-track.ts'
import { isTelevision } from './structure/by-magic.ts'
import { inspectStructure, type Structure } from './structure/inspect-structure.ts'
import { codecName, describeTrack, isDecodable, isKnown, isOfSound, rankTracks } from './tracks.ts'

/** Most tracks that are tried, each for as long as the file is: a hostile file has a thousand. */
const maxTried = 10

/** Looks into a file.
 *  @param path - absolute
 *  @returns the ways to read it, best first: each has another track as the chosen one. There is at least one
 *  @throws {ConverterError} if its conversion cannot succeed */
export async function inspectSource(path: string, options: JoinOptions): Promise<[Source, ...Source[]]> {
  try {
    return await inspectFile(path, options)
  } catch (error) {
    const { scratchPath, signal } = options
    const isRefused = error instanceof ConverterError && error.code === 'ERR_FILE_NOT_MEDIA'
    if (!isRefused || path === scratchPath) throw error
    if (await isTelevision(path)) throw indexMissing()
    if (!(await repairHeader(path, scratchPath, signal))) throw error
    return await inspectFile(scratchPath, options)
  }
}

async function inspectFile(path: string, options: JoinOptions): Promise<[Source, ...Source[]]> {
  const sizeBytes = await sizeOfCopy(path)
  const probed = await probeStreams(path, options)
  const streams = probed.streams.filter(isAudio)
  if (streams.length === 0) throw noAudio()
  const tracks = streams.map((stream, at) => describeTrack(stream, at + 1))
  const covers = probed.streams.filter(isCover)
  const cover = covers.find(isFront) ?? covers[0]
  const streamOf = ({ number }: AudioTrack) => streams[number - 1] as ProbedStream
  const ranked = rankTracks(tracks, options.conversion.track)
  const readable = ranked.filter(track => isDecodable(streamOf(track)))
  const wanted = [...readable, ...ranked].map(streamOf)
  const structure = await inspectStructure(path, probed.container, packetIds(probed, wanted), options.signal)
  if (structure.parts.length > 1) return [await joinSource(path, structure, options)]
  const toSource = (track: AudioTrack): Source => ({
    path,
    tracks,
    chosen: chooseTrack(streamOf(track), track.number),
    length: withStated(audioLength(probed, streamOf(track), sizeBytes), structure),
    tags: tagsOf(probed, streamOf(track)),
    cover: cover && { index: cover.index },
    container: probed.container,
    warnings: [],
    isCut: structure.isCut || endsBeforePictures(probed, streamOf(track)),
    isBroken: structure.isBroken,
    isUniform: structure.isUniform ?? true,
    excusedErrors: structure.excusedErrors ?? 0,
    excusedFrames: structure.excusedFrames ?? 0,
  })
  const [first, ...others] = readable.slice(0, maxTried).map(toSource)
  if (!first) throw undecodable(ranked.map(streamOf))
  return [first, ...others]
}

/** Without an index, a track is known by its first packets; behind some seconds of a large picture they are not seen. */
async function probeStreams(path: string, options: JoinOptions): Promise<Probe> {
  const probed = await probe(path, options)
  const isKnown = !/^mpeg(ts)?$/.test(probed.container) || probed.streams.some(isReadable)
  return isKnown ? probed : await probe(path, { ...options, isThorough: true })
}

function isReadable(stream: ProbedStream): boolean {
  return isAudio(stream) && isDecodable(stream)
}

/** A file of several recordings is read as one. What is known of it is what the first one says. */
async function joinSource(path: string, structure: Structure, options: JoinOptions): Promise<Source> {
  const { first, joined, warnings } = await joinParts(path, structure.parts, options)
  const [source] = await inspectSource(joined, { ...options, conversion: {} })
  const { number, language, bitsPerSample } = first.chosen
  return {
    ...source,
    tracks: first.tracks,
    chosen: { ...source.chosen, number, language, bitsPerSample },
    tags: first.tags,
    warnings,
    isCut: structure.isCut,
    isBroken: structure.isBroken,
  }
}

function withStated(length: AudioLength, { statedSeconds }: Structure): AudioLength {
  return statedSeconds === undefined ? length : { ...length, seconds: statedSeconds, source: 'track' }
}

/** How much the sound of a program stream that was cut lags behind its pictures, in seconds. More is no sign of a cut: the
 *  sound just ends there. */
const cutLagSeconds = { least: 0.4, most: 1.5 }

/** A program stream that was cut between two packs shows it only by its sound, which is written after the pictures of the
 *  same time. */
function endsBeforePictures(
  { container, startSeconds = 0, durationSeconds }: Probe,
  audio: ProbedStream,
): boolean {
  if (container !== 'mpeg' || durationSeconds === undefined || audio.duration === undefined) return false
  const lagSeconds = startSeconds + durationSeconds - ((audio.start_time ?? startSeconds) + audio.duration)
  return lagSeconds > cutLagSeconds.least && lagSeconds < cutLagSeconds.most
}

/** Packet ids of a transport stream, that of the first of the given tracks first. */
function packetIds({ container, streams }: Probe, [chosen]: readonly ProbedStream[]): number[] {
  if (container !== 'mpegts') return []
  const ids = [chosen, ...streams].map(stream => Number(stream?.id))
  return [...new Set(ids.filter(id => id > 0))]
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
  const told = explained('tracks-skipped', { skipped: skipped.length, tracks: names, track: chosen.number })
  return [{ code: 'tracks-skipped', ...told }]
}

/** A picture of a kind that every format takes. */
function isCover({ codec_type, codec_name, disposition }: ProbedStream): boolean {
  return codec_type === 'video' && disposition.attached_pic === 1 && /^(mjpeg|png)$/.test(codec_name ?? '')
}

/** Of several pictures, the one to be shown: ffmpeg tells the kind of a picture as its comment. */
function isFront({ tags }: ProbedStream): boolean {
  return /^cover \(front\)$/i.test(tags.comment ?? '')
}

/** No track has parameters of sound: its codec is unknown, its sample rate is none of sound, or it is empty. */
function undecodable(streams: readonly ProbedStream[]): ConverterError {
  const unknown = streams.filter(stream => !isKnown(stream)).map(codecName)
  const sampleRate = streams.find(stream => stream.sample_rate && !isOfSound(stream))?.sample_rate
  if (unknown.length === 0 && sampleRate) return unsupported(explained('sample-rate-absurd', { sampleRate }))
  if (unknown.length === 0) return noSound()
  const codecs = [...new Set(unknown)].slice(0, 5).map(codec => `"${codec}"`)
  return unsupported(explained('codecs-unknown', { codecs: codecs.join(', ') }))
}

/** Size of the local copy of a file, in bytes.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE` if it is gone, `ERR_FILE_EMPTY` */
export async function sizeOfCopy(path: string): Promise<number> {
  const { size } = await stat(path).catch(cause => {
    throw new ConverterError('ERR_COPY_INCOMPLETE', `The copy of the video is gone: ${path}`, { cause })
  })
  if (size === 0) throw new ConverterError('ERR_FILE_EMPTY', explained('file-empty', {}))
  return size
}
