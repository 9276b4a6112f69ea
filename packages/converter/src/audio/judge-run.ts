import { ConverterError } from '../converter-error.ts'
import type { FfmpegExit } from '../tools/ffmpeg.ts'
import type { AudioLength } from './audio-length.ts'
import { classifyConversionFailure, damaged, findOwnFault, tooLong } from './classify-failure.ts'
import { findComplaints, showsDamage } from './complaints.ts'
import { limitSlackSeconds, partEmpty } from './output-part.ts'
import type { VerifiedOutput } from './verify-output.ts'

/** A finished run of ffmpeg. */
export interface FinishedRun {
  exit: FfmpegExit
  audio: VerifiedOutput
  /** Index of the track that was read, among all streams of the file. */
  trackIndex: number
  /** Length of what was to be read. */
  length: AudioLength
  /** Where the wanted part begins, in seconds. @default 0 */
  start?: number | undefined
  /** Longest audio that is converted, in seconds. */
  maxSeconds: number
  /** Whether gaps between timestamps were filled with silence. */
  areGapsFilled: boolean
}

/** `gaps`: the output is shorter than stated, without a sign of damage. Some recorders leave out silence, which only
 *  the timestamps show. A second run that fills the gaps decides. */
export type Verdict = 'good' | 'gaps' | ConverterError

/** Tolerance for encoder delay and clock differences, in seconds. */
const toleranceSeconds = 0.5
const toleranceShare = 0.001

/** Judges a run. Exit code 0 does not mean success: a truncated video converts to a part of its audio with exit code
 *  0. */
export function judgeRun(run: FinishedRun): Verdict {
  const { exit, audio, length, maxSeconds, start = 0 } = run
  const ownFault = findOwnFault('ffmpeg', exit)
  if (ownFault) return ownFault
  if (exit.exitCode !== 0) return classifyConversionFailure(exit, readSeconds(run), statedSeconds(length))
  if (audio.sizeBytes < exit.written.sizeBytes) return lostOnDisk(run)
  if (audio.durationSeconds === 0)
    return start > 0 && exit.written.endSeconds === 0 ? partEmpty(start) : damaged(0)
  if (audio.fault !== undefined)
    return new ConverterError('ERR_TOOL_FAILED', `ffmpeg wrote a file, but ${audio.fault}`)
  if (audio.durationSeconds > maxSeconds + limitSlackSeconds) return tooLong(maxSeconds)
  return isAsLongAsStated(run) ? judgeComplaints(run) : judgeShortage(run)
}

/** How much was read before ffmpeg gave up; it leaves an output without its last headers behind then. */
function readSeconds({ exit, audio }: FinishedRun): number {
  return Math.max(audio.durationSeconds, exit.written.endSeconds)
}

function isAsLongAsStated({ audio, length }: FinishedRun): boolean {
  const seconds = statedSeconds(length) ?? 0
  return audio.durationSeconds >= seconds * (1 - toleranceShare) - toleranceSeconds
}

/** Whether the output is complete, as far as the file states a length. */
function judgeComplaints({ exit, audio, length, trackIndex }: FinishedRun): Verdict {
  const isProven = statedSeconds(length) !== undefined
  return isProven || !showsDamage(exit.stderr, trackIndex) ? 'good' : damaged(audio.durationSeconds)
}

function judgeShortage({ exit, audio, length, areGapsFilled }: FinishedRun): Verdict {
  const failure = damaged(audio.durationSeconds, length.seconds)
  if (findComplaints(exit.stderr).length > 0) return failure
  if (!areGapsFilled) return 'gaps'
  // The rest of the container may be video without sound.
  return length.source === 'container' ? 'good' : failure
}

function lostOnDisk({ exit, audio }: FinishedRun): ConverterError {
  const message = `ffmpeg wrote ${exit.written.sizeBytes} bytes, but the file has ${audio.sizeBytes}`
  return new ConverterError('ERR_TOOL_FAILED', message)
}

function statedSeconds({ seconds, source }: AudioLength): number | undefined {
  return source === 'guess' ? undefined : seconds
}
