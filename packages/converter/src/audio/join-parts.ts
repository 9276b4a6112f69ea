import { dirname } from 'node:path'
import {
  type AudioTrack,
  type ConversionOptions,
  type ConversionWarning,
  explained,
} from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import { runFfmpeg } from '../tools/ffmpeg.ts'
import { partAddress, safeInputOptions } from '../tools/input-options.ts'
import { limitsIn } from '../tools/limits.ts'
import { ensureFreeSpace } from '../work-folder/free-space.ts'
import { audioLength } from './audio-length.ts'
import { classifyConversionFailure, findOwnFault, noAudio } from './classify-failure.ts'
import { readComplaints } from './complaints.ts'
import { judgeDamage } from './damage.ts'
import { downmixFilters } from './downmix.ts'
import { tooLarge } from './encode-audio.ts'
import { outputFormats } from './output-formats.ts'
import { type Probe, type ProbedStream, type ProbeOptions, probeAddress } from './probe.ts'
import type { ChosenTrack } from './source.ts'
import { chooseTrack, isAudio, tagsOf } from './source-track.ts'
import type { ByteRange } from './structure/inspect-structure.ts'
import { describeTrack, isDecodable, rankTracks } from './tracks.ts'
import { verifyOutput } from './verify-output.ts'

export interface JoinOptions extends ProbeOptions {
  ffmpegPath: string
  conversion: Pick<ConversionOptions, 'track'>
  /** Longest audio that is converted, in seconds. */
  maxAudioSeconds: number
  /** Largest output, in bytes: what is made of the parts may have twice as many. */
  maxAudioBytes: number
  /** Absolute path of the file that is made of the parts, if there are some; whoever asks removes it. */
  scratchPath: string
}

/** A recording in a file of several, with the track that is taken. */
interface Part {
  address: string
  probed: Probe
  tracks: AudioTrack[]
  chosen: ChosenTrack
  seconds: number | undefined
}

export interface Joined {
  /** Absolute path of the audio of all parts, lossless. */
  joined: string
  first: { tracks: AudioTrack[]; chosen: ChosenTrack; tags: Record<string, string> }
  warnings: ConversionWarning[]
}

/** Most recordings that are joined: each is an input of ffmpeg. */
const maxParts = 64
const highestRate = 96_000

/** Two threads read and decode each part in ffmpeg 7; most of their stacks is never used. */
const stackBytes = 2 * 2 * 1024 ** 2

/** Reads the recordings of a file one after the other, whatever their codecs, and writes them as one.
 *  @throws {ConverterError} if none of them has sound */
export async function joinParts(
  path: string,
  ranges: readonly ByteRange[],
  options: JoinOptions,
): Promise<Joined> {
  const { ffmpegPath, scratchPath: joined, signal, cell, maxAudioSeconds, maxAudioBytes } = options
  const parts: Part[] = []
  for (const range of ranges.slice(0, maxParts)) {
    const part = await inspectPart(path, range, options)
    if (part) parts.push(part)
  }
  const [first] = parts
  if (!first) throw noAudio()
  const { filters, expected, bytesPerSample } = joiningFilters(parts)
  const maxBytes = 2 * maxAudioBytes
  const statedSeconds = parts.reduce((sum, { seconds = 0 }) => sum + seconds, 0)
  // A hostile file states years: that is no lack of space of ours.
  const writtenSeconds = Math.min(statedSeconds, maxAudioSeconds + 2)
  const statedBytes = writtenSeconds * expected.sampleRate * expected.channels * bytesPerSample
  await ensureFreeSpace(dirname(joined), Math.min(statedBytes, maxBytes))
  const exit = await runFfmpeg({
    ffmpegPath,
    input: parts.map(({ address }) => address),
    inputOptions: ['-max_error_rate', '1', ...safeInputOptions],
    output: joined,
    outputOptions: [
      ...['-nostdin', '-hide_banner', '-v', 'warning', '-y', '-filter_complex', filters, '-map', '[joined]'],
      ...['-t', String(maxAudioSeconds + 2), '-c:a', 'flac', '-compression_level', '2', '-f', 'flac'],
    ],
    limits: {
      memoryBytes: limitsIn(cell).memoryBytes + parts.length * stackBytes,
      // A few megabytes of compressed noise become many gigabytes.
      fileBytes: maxBytes,
    },
    cell,
    ...(signal ? { signal } : {}),
  })
  const isFull = exit.signal === 'SIGXFSZ' || (exit.exitCode !== 0 && /File too large/.test(exit.stderr))
  if (isFull) throw tooLarge(maxBytes, { format: outputFormats.flac })
  const ownFault = findOwnFault('ffmpeg', exit)
  if (ownFault) throw ownFault
  if (exit.exitCode !== 0)
    throw classifyConversionFailure(exit, exit.written.endSeconds, statedSeconds, first.chosen.codec)
  const { durationSeconds: gotSeconds } = await verifyOutput(joined, {
    format: outputFormats.flac,
    expected,
  })
  const { decodingErrors, isDamaged, endsEarly } = readComplaints(exit, -1)
  const isShort = gotSeconds < statedSeconds - 0.5
  const warnings: ConversionWarning[] = []
  if (decodingErrors > parts.length || isDamaged || endsEarly || isShort) {
    const found = judgeDamage({ isCut: false, gotSeconds, statedSeconds, decodingErrors }, 'deliver')
    if (found instanceof ConverterError) throw found
    warnings.push(found)
  }
  if (parts.length < ranges.length) warnings.push(partsMissing(ranges.length, parts.length))
  const { tracks, chosen, probed } = first
  return { joined, first: { tracks, chosen, tags: tagsOf(probed, streamAt(probed, chosen)) }, warnings }
}

/** `undefined` if nothing in it can be decoded. */
async function inspectPart(path: string, range: ByteRange, options: JoinOptions): Promise<Part | undefined> {
  const address = partAddress(path, range)
  try {
    const probed = await probeAddress(address, options)
    const streams = probed.streams.filter(isAudio)
    const tracks = streams.map((stream, at) => describeTrack(stream, at + 1))
    const [track] = rankTracks(tracks, options.conversion.track).filter(({ number }) => {
      const stream = streams[number - 1]
      return stream !== undefined && isDecodable(stream)
    })
    const stream = streams[(track?.number ?? 0) - 1]
    if (!track || !stream) return undefined
    const { seconds, source } = audioLength(probed, stream, range.end - range.start)
    const stated = source === 'track' ? seconds : undefined
    return { address, probed, tracks, chosen: chooseTrack(stream, track.number), seconds: stated }
  } catch (error) {
    if (error instanceof ConverterError && error.isPermanent) return undefined
    throw error
  }
}

function joiningFilters(parts: readonly Part[]) {
  const rate = Math.min(highestRate, Math.max(...parts.map(({ chosen }) => chosen.sampleRate)))
  const channels = Math.min(2, Math.max(...parts.map(({ chosen }) => chosen.channels)))
  // Of what has no more, 24 bits would be half as large again, or twice.
  const isFine = parts.some(({ chosen }) => chosen.bitsPerSample > 16)
  const chains = parts.map(({ chosen }, i) => {
    const filters = [
      'asetpts=N/SR/TB',
      ...downmixFilters(chosen, channels),
      `aresample=${rate}`,
      `aformat=sample_fmts=${isFine ? 's32' : 's16'}`,
    ]
    return `[${i}:${chosen.index}]${filters.join(',')}[a${i}]`
  })
  const labels = parts.map((_, i) => `[a${i}]`).join('')
  return {
    filters: [...chains, `${labels}concat=n=${parts.length}:v=0:a=1[joined]`].join(';'),
    expected: { codec: 'flac', sampleRate: rate, channels },
    bytesPerSample: isFine ? 3 : 2,
  }
}

function streamAt({ streams }: Probe, { index }: ChosenTrack): ProbedStream {
  return streams.find(stream => stream.index === index) as ProbedStream
}

function partsMissing(recordings: number, read: number): ConversionWarning {
  return { code: 'incomplete', ...explained('recordings-missing', { recordings, read }) }
}
