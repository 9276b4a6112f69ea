import type { ConversionOptions } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import { runFfmpeg } from '../tools/ffmpeg.ts'
import { safeInputOptions } from '../tools/input-options.ts'
import type { Cell } from '../tools/jail/cell.ts'
import { findOwnFault } from './classify-failure.ts'
import type { Loudness } from './loudness.ts'
import { chooseEncoder } from './output-encoder.ts'
import { soundFilters } from './output-filters.ts'
import type { Source } from './source.ts'

/** Quieter audio does not count (EBU R128: the absolute gate). */
const silenceLufs = -70

/** Prints a summary at its end. */
export const measuringFilter = 'ebur128=peak=true:framelog=verbose'

export interface LoudnessOptions {
  ffmpegPath: string
  conversion: ConversionOptions
  /** Longest audio that is converted, in seconds: what follows is not measured. */
  maxAudioSeconds: number
  signal?: AbortSignal
  cell?: Cell | undefined
  /** Called with the time of the audio that has been measured, in seconds. */
  onProgress?: (endSeconds: number) => void
}

/** Measures the loudness of what will be encoded: the first of the two passes of a normalization.
 *  @param input - absolute path
 *  @returns `undefined` if nothing could be decoded: the conversion itself says why
 *  @throws {ConverterError} `ERR_TOOL_FAILED` */
export async function measureLoudness(
  input: string,
  source: Source,
  { ffmpegPath, conversion, maxAudioSeconds, signal, cell, onProgress }: LoudnessOptions,
): Promise<Loudness | undefined> {
  const { channels } = chooseEncoder(conversion, source.chosen)
  const { start, end } = conversion
  const filters = [
    ...soundFilters({ fillsGaps: false, start, end, channels, source: source.chosen }),
    measuringFilter,
  ]
  const exit = await runFfmpeg({
    ffmpegPath,
    input,
    // The result is told at this level.
    inputOptions: ['-nostdin', '-hide_banner', '-nostats', '-v', 'info', ...safeInputOptions],
    outputOptions: [
      '-map',
      `0:${source.chosen.index}`,
      '-vn',
      '-sn',
      '-dn',
      '-af',
      filters.join(','),
      '-t',
      String(maxAudioSeconds + 2),
      '-f',
      'null',
    ],
    output: '/dev/null',
    signal,
    cell,
    onProgress: ({ endSeconds }) => onProgress?.(endSeconds),
  })
  // A pass that was ended has not measured all.
  const ownFault = exit.exitCode === 0 ? undefined : findOwnFault('ffmpeg', { ...exit, stderr: '' })
  if (ownFault) throw ownFault
  const loudness = readLoudness(exit.stderr)
  if (!loudness && exit.exitCode === 0)
    throw new ConverterError('ERR_TOOL_FAILED', 'ffmpeg did not tell the loudness')
  return loudness
}

/** Reads the summary at the end of what the filter `ebur128` prints. */
export function readLoudness(stderr: string): Loudness | undefined {
  const summary = stderr.slice(Math.max(0, stderr.lastIndexOf('Summary:')))
  const number = (name: string) => {
    const [, value] = new RegExp(`${name}:\\s+(-?[\\d.]+|-?inf|nan) (?:LUFS|dBFS)`).exec(summary) ?? []
    return value === undefined ? undefined : value.endsWith('inf') ? Number.NEGATIVE_INFINITY : Number(value)
  }
  const integratedLufs = number('\\bI')
  const truePeakDecibels = number('Peak')
  if (integratedLufs === undefined || truePeakDecibels === undefined) return undefined
  return { integratedLufs, truePeakDecibels, isSilence: !(integratedLufs > silenceLufs) }
}
