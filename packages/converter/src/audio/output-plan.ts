import type { ConversionOptions } from '@jackalope/contracts'
import type { Loudness } from './loudness.ts'
import { chooseEncoder, type Encoder } from './output-encoder.ts'
import { filterChain } from './output-filters.ts'
import { type OutputFormat, outputFormats } from './output-formats.ts'
import { tagArguments } from './output-tags.ts'
import type { Source } from './source.ts'

/** How an output is made; each way may be tried after another has failed. */
export interface OutputWay {
  /** Whether the packets are copied as they are, where the format and the options allow it. @default true */
  copies?: boolean
  /** Whether gaps between time stamps are filled with silence. @default false */
  fillsGaps?: boolean
  /** Whether a cover may be taken along. @default true */
  withCover?: boolean
  /** Loudness of the audio, as measured, if it is to be normalized. */
  loudness?: Loudness | undefined
}

/** What ffmpeg is told, and what must come out of it. */
export interface OutputPlan {
  format: OutputFormat
  /** Index of the track that is read, among all streams of the file. */
  trackIndex: number
  /** Arguments after the input. */
  arguments: string[]
  /** Whether the packets of the source are copied. */
  isCopy: boolean
  hasCover: boolean
  /** What the output must be. */
  expected: Pick<Encoder, 'codec' | 'sampleRate' | 'channels'>
  /** About as many bytes has a second of the output. */
  bytesPerSecond: number
  /** Whether that is the same for every recording. */
  isConstantRate: boolean
}

/** Bit rate of AAC that is copied is not known; it is hardly ever higher, in kbit/s. */
const copiedKilobits = 400

/** Each packet begins where the one before it ends. The filters begin again at 0 when the rate or the channels of a
 *  recording change, and a container that keeps times would drop what is after that. */
export const evenTimes =
  'setts=pts=if(N\\,PREV_OUTPTS+PREV_OUTDURATION\\,PTS):dts=if(N\\,PREV_OUTDTS+PREV_OUTDURATION\\,DTS)'

/** Plans the output of a conversion. */
export function planOutput(options: ConversionOptions, source: Source, way: OutputWay = {}): OutputPlan {
  const { copies = true, fillsGaps = false, withCover = true, loudness } = way
  const { chosen, cover } = source
  const format = outputFormats[options.format]
  const encoder = chooseEncoder(options, chosen)
  const isCopy = copies && !fillsGaps && fitsAsItIs(options, source)
  const takenCover = withCover && options.cover === 'keep' && format.takesCover ? cover : undefined
  const { start, end } = options
  return {
    format,
    trackIndex: chosen.index,
    isCopy,
    hasCover: takenCover !== undefined,
    expected: isCopy ? { codec: 'aac', sampleRate: chosen.sampleRate, channels: chosen.channels } : encoder,
    isConstantRate: !isCopy && encoder.isConstantRate,
    bytesPerSecond: isCopy ? (copiedKilobits * 1_000) / 8 : encoder.bytesPerSecond,
    arguments: [
      ...['-map', `0:${chosen.index}`, ...(takenCover ? ['-map', `0:${takenCover.index}`] : ['-vn'])],
      ...['-sn', '-dn', ...tagArguments(options, source)],
      ...(takenCover ? ['-c:v', 'copy', '-disposition:v', 'attached_pic'] : []),
      ...(isCopy
        ? copyArguments(source)
        : [
            ...[
              '-af',
              filterChain({
                ...{ fillsGaps, start, end, loudness },
                ...{ channels: encoder.channels, source: chosen },
              }),
            ],
            ...['-bsf:a', evenTimes],
            ...['-ar', String(encoder.sampleRate), '-ac', String(encoder.channels), ...encoder.arguments],
          ]),
      ...['-f', format.muxer],
    ],
  }
}

/** Whether the source's AAC is what was asked for already. A part is not cut out of it: packets are 20 ms long. */
function fitsAsItIs(options: ConversionOptions, { chosen, isUniform }: Source): boolean {
  const { format, bitrate, sampleRate, channels, start, end, normalize } = options
  return (
    format === 'm4a' &&
    isUniform &&
    chosen.codec === 'aac' &&
    chosen.channels <= 2 &&
    chosen.channels > 0 &&
    bitrate === undefined &&
    (sampleRate === undefined || sampleRate === chosen.sampleRate) &&
    (channels === undefined || channels === chosen.channels) &&
    !start &&
    end === undefined &&
    !normalize
  )
}

function copyArguments({ length }: Source): string[] {
  // A late track begins at once, as it does when it is encoded.
  const isLate = length.lateBySeconds > 0.001
  return ['-c:a', 'copy', ...(isLate ? ['-bsf:a', 'setts=pts=PTS-STARTPTS:dts=DTS-STARTDTS'] : [])]
}
