import { explained } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import { type FfmpegExit, runFfmpeg } from '../tools/ffmpeg.ts'
import { fileAddress, safeInputOptions } from '../tools/input-options.ts'
import type { Cell } from '../tools/jail/cell.ts'
import type { OutputPlan } from './output-plan.ts'

export interface EncodeOptions {
  ffmpegPath: string
  /** The output is cut there, in seconds: a little more than is allowed. */
  maxSeconds: number
  /** Largest output, in bytes. */
  maxBytes: number
  /** Processor time that it may use, in seconds. @default an hour */
  cpuSeconds?: number
  signal?: AbortSignal
  cell?: Cell | undefined
  /** Called with the time of the audio that has been written, in seconds. */
  onProgress?: (endSeconds: number) => void
}

// Each report costs the converter and Redis a little.
const reports = ['-stats_period', '1']

// No -xerror: what can be decoded of a damaged file is worth having. No share of errors ends a run either.
export const globalOptions = [
  '-nostdin',
  '-hide_banner',
  '-v',
  'warning',
  '-max_error_rate',
  '1',
  '-y',
  ...reports,
]

const spareBytes = 256 * 1024 ** 2

/** Runs ffmpeg by a plan, and resolves when it has ended, with any exit code.
 *  @param input - absolute path
 *  @param output - absolute path; overwritten
 *  @throws {ConverterError} `ERR_AUDIO_TOO_LARGE`; `ERR_TOOL_UNUSABLE` if it cannot be started */
export async function encodeAudio(
  input: string,
  output: string,
  plan: OutputPlan,
  { ffmpegPath, maxSeconds, maxBytes, cpuSeconds, signal, cell, onProgress }: EncodeOptions,
): Promise<FfmpegExit> {
  const full = new AbortController()
  const exit = await runFfmpeg({
    ffmpegPath,
    input,
    inputOptions: [...globalOptions, ...safeInputOptions],
    output,
    outputOptions: [...(plan.isCopy ? alsoDecoded(plan) : []), ...plan.arguments, '-t', String(maxSeconds)],
    // The output is looked at once a second; this limit is for what is written meanwhile.
    limits: { fileBytes: maxBytes + spareBytes, ...(cpuSeconds === undefined ? {} : { cpuSeconds }) },
    cell,
    signal: signal ? AbortSignal.any([signal, full.signal]) : full.signal,
    onProgress({ endSeconds, sizeBytes }) {
      if (sizeBytes > maxBytes) full.abort(tooLarge(maxBytes, plan))
      else onProgress?.(endSeconds)
    },
  })
  if (exit.signal === 'SIGXFSZ') throw tooLarge(maxBytes, plan)
  return exit
}

/** A first output that goes nowhere. Packets that are only copied are not looked at: damage would go unnoticed. */
function alsoDecoded({ trackIndex }: OutputPlan): string[] {
  return ['-map', `0:${trackIndex}`, '-vn', '-sn', '-dn', '-f', 'null', fileAddress('/dev/null')]
}

/** @param sizeBytes - how large it would be, if that is known */
export function tooLarge(
  maxBytes: number,
  { format }: Pick<OutputPlan, 'format'>,
  sizeBytes?: number,
): ConverterError {
  const told = explained('audio-too-large', { maxBytes, sizeBytes, format: format.name })
  return new ConverterError('ERR_AUDIO_TOO_LARGE', told)
}
