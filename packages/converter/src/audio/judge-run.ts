import { ConverterError } from '../converter-error.ts'
import type { FfmpegExit } from '../tools/ffmpeg.ts'
import type { AudioLength } from './audio-length.ts'
import { classifyConversionFailure, damaged, findOwnFault, tooLong } from './classify-failure.ts'
import { findComplaints, showsDamage } from './complaints.ts'
import { type InspectedVideo, limitSlackSeconds } from './inspect-video.ts'

/** A finished run of ffmpeg. */
export interface FinishedRun {
  exit: FfmpegExit
  /** Size and length of the output, as measured; zeros if there is none. */
  audio: { sizeBytes: number; durationSeconds: number }
  video: InspectedVideo
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
  const { exit, audio, video, maxSeconds } = run
  const ownFault = findOwnFault('ffmpeg', exit)
  if (ownFault) return ownFault
  if (exit.exitCode !== 0)
    return classifyConversionFailure(exit, audio.durationSeconds, statedSeconds(video.length))
  if (audio.sizeBytes < exit.written.sizeBytes) return lostOnDisk(run)
  if (audio.durationSeconds === 0) return damaged(0)
  if (audio.durationSeconds > maxSeconds + limitSlackSeconds) return tooLong(maxSeconds)
  return isAsLongAsStated(run) ? judgeComplaints(run) : judgeShortage(run)
}

function isAsLongAsStated({ audio, video }: FinishedRun): boolean {
  const seconds = statedSeconds(video.length) ?? 0
  return audio.durationSeconds >= seconds * (1 - toleranceShare) - toleranceSeconds
}

/** Whether the output is complete, as far as the file states a length. */
function judgeComplaints({ exit, audio, video }: FinishedRun): Verdict {
  const isProven = statedSeconds(video.length) !== undefined
  return isProven || !showsDamage(exit.stderr, video.trackIndex) ? 'good' : damaged(audio.durationSeconds)
}

function judgeShortage({ exit, audio, video, areGapsFilled }: FinishedRun): Verdict {
  const failure = damaged(audio.durationSeconds, video.length.seconds)
  if (findComplaints(exit.stderr).length > 0) return failure
  if (!areGapsFilled) return 'gaps'
  // The rest of the container may be video without sound.
  return video.length.source === 'container' ? 'good' : failure
}

function lostOnDisk({ exit, audio }: FinishedRun): ConverterError {
  const message = `ffmpeg wrote ${exit.written.sizeBytes} bytes, but the file has ${audio.sizeBytes}`
  return new ConverterError('ERR_TOOL_FAILED', message)
}

function statedSeconds({ seconds, source }: AudioLength): number | undefined {
  return source === 'guess' ? undefined : seconds
}
