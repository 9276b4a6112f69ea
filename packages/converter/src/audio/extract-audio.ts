import { dirname } from 'node:path'
import type { AudioTrack, ConversionOptions, ConversionWarning } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import type { FfmpegExit } from '../tools/ffmpeg.ts'
import type { Cell } from '../tools/jail/cell.ts'
import { ensureFreeSpace } from '../work-folder/free-space.ts'
import type { AudioLength } from './audio-length.ts'
import { damaged } from './classify-failure.ts'
import { findComplaints } from './complaints.ts'
import { encodeAudio, tooLarge } from './encode-audio.ts'
import { measureLoudness } from './encode-loudness.ts'
import { describeSkipped, inspectSource, sizeOfCopy } from './inspect-source.ts'
import { judgeRun } from './judge-run.ts'
import { limitSlackSeconds, wantedLength } from './output-part.ts'
import { type OutputPlan, type OutputWay, planOutput } from './output-plan.ts'
import type { Source } from './source.ts'
import { verifyOutput } from './verify-output.ts'

export interface ExtractOptions {
  ffmpegPath: string
  ffprobePath: string
  /** Longest audio that is converted, in seconds. */
  maxAudioSeconds: number
  /** Largest output, in bytes. */
  maxAudioBytes: number
  /** What the owner wants. */
  conversion: ConversionOptions
  signal?: AbortSignal
  /** Where the tools run, which may reach input and output there. @default the file system and user of this process */
  cell?: Cell | undefined
  /** Called with the finished share, 0 to 1; never called if the file states no length. */
  onProgress?: (share: number) => void
}

export interface ExtractedAudio {
  sizeBytes: number
  /** What a player plays, in seconds. */
  durationSeconds: number
  extension: string
  contentType: string
  warnings: ConversionWarning[]
  /** Number of the track that was taken, from 1. */
  track: number
  tracks: AudioTrack[]
}

/** Errors for which another track is tried. */
const faultsOfTracks = ['ERR_FILE_DAMAGED', 'ERR_AUDIO_UNSUPPORTED', 'ERR_NO_AUDIO']

/** Share of the work that measuring the loudness is, before the audio is encoded. */
const measuringShare = 0.4

/** Writes an audio track of a media file as the options want it, and checks that nothing is missing. After a failure the
 *  output may contain a part of the audio.
 *  @param input - absolute path
 *  @param output - absolute path; overwritten
 *  @throws {ConverterError} permanent or temporary, see its code */
export async function extractAudio(
  input: string,
  output: string,
  options: ExtractOptions,
): Promise<ExtractedAudio> {
  const { cell } = options
  const scratch = scratchOf(output)
  try {
    await cell?.letRead(input)
    for (const path of [output, scratch]) await cell?.letWrite(path)
    const extracted = await extractSomeTrack(input, output, options)
    await cell?.takeBack(output)
    return extracted
  } catch (error) {
    // The proof of a full disk is the disk: a tool that could not write says so, and a file may make it say so.
    if (error instanceof ConverterError && /^ERR_(TOOL_FAILED|OUTPUT_UNSOUND)$/.test(error.code))
      await ensureFreeSpace(dirname(output), 0)
    throw error
  }
}

async function extractSomeTrack(
  input: string,
  output: string,
  options: ExtractOptions,
): Promise<ExtractedAudio> {
  const sources = await inspectSource(input, { ...options, scratchPath: scratchOf(output) })
  let firstError: unknown
  for (const source of sources)
    try {
      return await extractTrack(output, source, options)
    } catch (error) {
      // A track that is empty or cannot be decoded is passed over when there is another one.
      if (!isFaultOfTrack(error)) throw error
      firstError ??= error
    }
  throw firstError
}

/** Where a file of several recordings becomes one. */
function scratchOf(output: string): string {
  return `${output}.joined`
}

function isFaultOfTrack(error: unknown): boolean {
  return error instanceof ConverterError && faultsOfTracks.some(code => code === error.code)
}

async function extractTrack(
  output: string,
  source: Source,
  options: ExtractOptions,
): Promise<ExtractedAudio> {
  const { conversion, maxAudioBytes } = options
  const length = wantedLength(source.length, conversion, options)
  const plan = planOutput(conversion, source)
  const bytes = plan.bytesPerSecond * Math.min(length.seconds ?? 0, options.maxAudioSeconds)
  // A length that is not the track's own is no reason to refuse: ffmpeg is stopped at the limit.
  if (plan.isConstantRate && length.source === 'track' && bytes > maxAudioBytes)
    throw tooLarge(maxAudioBytes, plan, bytes)
  await ensureFreeSpace(dirname(output), Math.min(bytes, maxAudioBytes))

  const loudness = conversion.normalize
    ? await measureLoudness(source.path, source, {
        ...options,
        onProgress: toShare(length, [0, measuringShare], options),
      })
    : undefined
  const run = {
    input: source.path,
    output,
    source,
    length,
    onProgress: toShare(length, [loudness ? measuringShare : 0, 1], options),
  }
  const { sizeBytes, durationSeconds, warnings } = await encodeSomehow(run, { loudness }, options)
  if (conversion.onDamage === 'fail' && source.warnings.length > 0) throw damaged(durationSeconds)
  return {
    sizeBytes,
    durationSeconds,
    extension: plan.format.extension,
    contentType: plan.format.contentType,
    warnings: [...source.warnings, ...describeSkipped(source, conversion.track), ...warnings],
    track: source.chosen.number,
    tracks: source.tracks,
  }
}

interface Run {
  input: string
  output: string
  source: Source
  length: AudioLength
  onProgress: (endSeconds: number) => void
}

/** Encodes, and tries the next way when one has failed that another may do without.
 *  @throws {ConverterError} */
async function encodeSomehow(
  run: Run,
  way: OutputWay,
  options: ExtractOptions,
): Promise<{ sizeBytes: number; durationSeconds: number; warnings: ConversionWarning[] }> {
  const { input, output, source, length, onProgress } = run
  const { conversion, maxAudioSeconds, maxAudioBytes } = options
  const plan = planOutput(conversion, source, way)
  const exit = await encodeAudio(input, output, plan, {
    ...options,
    maxSeconds: maxAudioSeconds + 2 * limitSlackSeconds,
    maxBytes: maxAudioBytes,
    cpuSeconds: maxCpuSeconds(length, await sizeOfCopy(input), maxAudioSeconds),
    onProgress,
  })
  const audio = await verifyOutput(output, plan)
  // If the copy of the video was deleted meanwhile, the video is not at fault.
  await sizeOfCopy(input)
  const { start, end, onDamage } = conversion
  const verdict = judgeRun({
    ...{ exit, audio, source, length, start, end, onDamage },
    maxSeconds: maxAudioSeconds,
    areGapsFilled: way.fillsGaps ?? false,
  })
  const next = nextWay(way, plan, verdict, exit)
  if (next) return await encodeSomehow(run, next, options)
  if (verdict instanceof ConverterError) throw verdict
  return { ...audio, warnings: verdict === 'gaps' ? [] : verdict }
}

/** Ten times what a slow machine needs: a tenth of the time that the audio plays takes the slowest codec. */
function maxCpuSeconds({ seconds, source }: AudioLength, sizeBytes: number, maxAudioSeconds: number): number {
  const playSeconds =
    source === 'track' ? Math.min(seconds ?? maxAudioSeconds, maxAudioSeconds) : maxAudioSeconds
  return Math.ceil(120 + playSeconds / 5 + sizeBytes / 5e6)
}

/** Whether an output may succeed in another way: a fault of the file, or of what was copied into the output. */
function isFaultOfWay({ isPermanent, code }: ConverterError): boolean {
  return isPermanent || code === 'ERR_OUTPUT_UNSOUND'
}

function nextWay(
  way: OutputWay,
  plan: OutputPlan,
  verdict: ReturnType<typeof judgeRun>,
  exit: FfmpegExit,
): OutputWay | undefined {
  if (verdict instanceof ConverterError && !isFaultOfWay(verdict)) return undefined
  if (Array.isArray(verdict) && (!plan.isCopy || findComplaints(exit.stderr).length === 0)) return undefined
  if (plan.isCopy) return { ...way, copies: false }
  if (verdict === 'gaps') return { ...way, fillsGaps: true }
  // A picture that cannot be written is no reason to go without the audio.
  if (verdict instanceof ConverterError && plan.hasCover) return { ...way, withCover: false }
  return undefined
}

function toShare(
  { seconds = Number.NaN }: AudioLength,
  [from, to]: readonly [number, number],
  { onProgress }: ExtractOptions,
): (endSeconds: number) => void {
  return endSeconds => {
    const share = endSeconds / seconds
    if (share >= 0) onProgress?.(from + Math.min(share, 1) * (to - from))
  }
}
