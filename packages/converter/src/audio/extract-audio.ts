import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConverterError } from '../converter-error.ts'
import { type FfmpegExit, runFfmpeg } from '../tools/ffmpeg.ts'
import { safeInputOptions } from '../tools/input-options.ts'
import { ensureFreeSpace } from '../work-folder/free-space.ts'
import { type InspectedVideo, inspectVideo, limitSlackSeconds, sizeOfCopy } from './inspect-video.ts'
import { judgeRun, type Verdict } from './judge-run.ts'
import { probe } from './probe.ts'

export interface ExtractOptions {
  ffmpegPath: string
  ffprobePath: string
  /** Longest audio that is converted, in seconds. */
  maxAudioSeconds: number
  signal?: AbortSignal
  /** Called with the finished share, 0 to 1; never called if the file states no length. */
  onProgress?: (share: number) => void
}

export interface ExtractedAudio {
  sizeBytes: number
  /** Length of the result, in seconds, as measured. */
  durationSeconds: number
}

const bitsPerSecond = 192_000

const globalOptions = ['-nostdin', '-hide_banner', '-v', 'warning', '-xerror', '-y']
const trackOptions = ['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1']
const encoderOptions = ['-c:a', 'libmp3lame', '-b:a', String(bitsPerSecond), '-ar', '44100', '-ac', '2']

/** Writes the first audio track of a media file as MP3 (192 kbit/s, 44.1 kHz, stereo), and checks that nothing is
 *  missing. After a failure the output may contain a part of the audio.
 *  @param input - absolute path
 *  @param output - absolute path; overwritten
 *  @throws {ConverterError} permanent or temporary, see its code */
export async function extractAudio(
  input: string,
  output: string,
  options: ExtractOptions,
): Promise<ExtractedAudio> {
  const video = await inspectVideo(input, options)
  const outputSeconds = Math.min(video.length.seconds ?? 0, options.maxAudioSeconds)
  await ensureFreeSpace(dirname(output), (outputSeconds * bitsPerSecond) / 8)
  let attempt = await tryOnce(input, output, video, false, options)
  if (attempt.verdict === 'gaps') attempt = await tryOnce(input, output, video, true, options)
  return attempt.audio
}

/** @throws {ConverterError} if the run has failed */
async function tryOnce(
  input: string,
  output: string,
  video: InspectedVideo,
  fillGaps: boolean,
  options: ExtractOptions,
): Promise<{ verdict: Exclude<Verdict, ConverterError>; audio: ExtractedAudio }> {
  const exit = await convert(input, output, video, fillGaps, options)
  const audio = await measure(output, options)
  // If the copy of the video was deleted meanwhile, the video is not at fault.
  await sizeOfCopy(input)
  const verdict = judgeRun({
    exit,
    audio,
    video,
    maxSeconds: options.maxAudioSeconds,
    areGapsFilled: fillGaps,
  })
  if (verdict instanceof ConverterError) throw verdict
  return { verdict, audio }
}

function convert(
  input: string,
  output: string,
  { length }: InspectedVideo,
  fillGaps: boolean,
  { ffmpegPath, maxAudioSeconds, signal, onProgress }: ExtractOptions,
): Promise<FfmpegExit> {
  const limit = ['-t', String(maxAudioSeconds + 2 * limitSlackSeconds)]
  const filter = fillGaps ? ['-af', 'aresample=async=1'] : []
  return runFfmpeg({
    ffmpegPath,
    input,
    inputOptions: [...globalOptions, ...safeInputOptions],
    output,
    outputOptions: [...trackOptions, ...limit, ...filter, ...encoderOptions, '-f', 'mp3'],
    signal,
    onProgress({ endSeconds }) {
      const share = (endSeconds - length.lateBySeconds) / (length.seconds ?? Number.NaN)
      if (share >= 0) onProgress?.(Math.min(share, 1))
    },
  })
}

/** Size and length of the output; zeros if it is missing or unreadable. */
async function measure(output: string, options: ExtractOptions): Promise<ExtractedAudio> {
  try {
    const { size: sizeBytes } = await stat(output)
    const { durationSeconds = 0 } = await probe(output, options)
    return { sizeBytes, durationSeconds }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof ConverterError && !error.isPermanent) throw error
    return { sizeBytes: 0, durationSeconds: 0 }
  }
}
