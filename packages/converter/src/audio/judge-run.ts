import { type ConversionWarning, explained } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import type { FfmpegExit } from '../tools/ffmpeg.ts'
import type { AudioLength } from './audio-length.ts'
import { classifyConversionFailure, damaged, findOwnFault, noSound, tooLong } from './classify-failure.ts'
import { type Complaints, readComplaints } from './complaints.ts'
import { judgeDamage } from './damage.ts'
import { limitSlackSeconds, partEmpty } from './output-part.ts'
import type { Source } from './source.ts'
import type { VerifiedOutput } from './verify-output.ts'

/** A finished run of ffmpeg. */
export interface FinishedRun {
  exit: FfmpegExit
  audio: VerifiedOutput
  source: Pick<Source, 'isCut' | 'isBroken' | 'container' | 'length' | 'excusedErrors' | 'excusedFrames'> & {
    chosen: { index: number; codec: string }
  }
  /** Length of what was to be read. */
  length: AudioLength
  /** Where the wanted part begins and ends, in seconds. @default all of it */
  start?: number | undefined
  end?: number | undefined
  /** Longest audio that is converted, in seconds. */
  maxSeconds: number
  /** Whether gaps between timestamps were filled with silence. */
  areGapsFilled: boolean
  onDamage: 'deliver' | 'fail'
}

/** `gaps`: the output is shorter than stated, without a sign of damage. Some recorders leave out silence, which only
 *  the timestamps show. A second run that fills the gaps decides. Warnings: the output is worth having; it is whole if
 *  there are none. */
export type Verdict = ConversionWarning[] | 'gaps' | ConverterError

/** Tolerance for encoder delay and clock differences, in seconds. */
const toleranceSeconds = 0.5
const toleranceShare = 0.001

/** The same where something is known to be wrong. */
const tightToleranceSeconds = 0.08

/** More silence than this is not left out by a recorder, in seconds, unless there is a tenth of it in sound: the clock
 *  was set. */
const maxGapsSeconds = 600
const maxGapsShare = 10

/** Containers that give each packet its time: only there a recorder can leave something out. */
const timed = /^(mov|matroska|mpegts|mpeg|flv|asf|avi|nut|rm|mxf|wtv)\b/

/** Judges a run. Exit code 0 does not mean success: a truncated video converts to a part of its audio with exit code
 *  0. */
export function judgeRun(run: FinishedRun): Verdict {
  const { exit, audio, length, maxSeconds, source, start = 0 } = run
  const ownFault = findOwnFault('ffmpeg', exit)
  if (ownFault) return ownFault
  const complaints = readComplaints(exit, source.chosen.index, source.container)
  if (isExcused(complaints, source)) complaints.decodingErrors = 0
  if (exit.exitCode !== 0)
    return classifyConversionFailure(exit, readSeconds(run), statedSeconds(length), source.chosen.codec)
  if (audio.sizeBytes < exit.written.sizeBytes) return lostOnDisk(run)
  const isUnsound = audio.fault !== undefined && exit.written.endSeconds > 0
  if (audio.durationSeconds === 0 && !isUnsound) {
    if (start > 0 && exit.written.endSeconds === 0) return partEmpty(start)
    return complaints.decodingErrors > 0 || complaints.isDamaged ? damaged(0) : noSound()
  }
  if (audio.fault !== undefined)
    return new ConverterError('ERR_OUTPUT_UNSOUND', `ffmpeg wrote a file, but ${audio.fault}`)
  if (audio.durationSeconds > maxSeconds + limitSlackSeconds) return tooLong(maxSeconds)
  return judgeSound(run, complaints)
}

/** Whether all that could not be decoded is no sound. */
function isExcused(
  { decodingErrors, lostFrames }: Complaints,
  { excusedErrors, excusedFrames = 0 }: FinishedRun['source'],
): boolean {
  return decodingErrors <= excusedErrors && lostFrames <= excusedFrames
}

/** Judges an output that is as it should be, by its length and what ffmpeg complained about. */
function judgeSound(run: FinishedRun, complaints: Complaints): Verdict {
  const { audio, source, length, areGapsFilled, onDamage, start = 0, end = Number.POSITIVE_INFINITY } = run
  const { decodingErrors, newTrackAtSeconds } = complaints
  const stated = statedSeconds(length)
  const endSeconds = Math.max(start, length.lateBySeconds) + audio.durationSeconds
  const isPart = endSeconds >= end - toleranceSeconds
  // Of a part in the middle, the end of the file says nothing.
  const isCut = !isPart && (source.isCut || complaints.endsEarly)
  const isShort = !isAsLong(run, toleranceSeconds)
  const isComplainedAbout = decodingErrors > 0 || complaints.isDamaged || (complaints.endsEarly && !isPart)
  const isKnown = source.isBroken || (source.isCut && !isPart)
  if (isKnown || (isComplainedAbout && !isWholeAllTheSame(run, complaints))) {
    const damage = {
      isCut,
      gotSeconds: audio.durationSeconds,
      statedSeconds: isPart && !isShort ? undefined : stated,
      decodingErrors,
    }
    const found = judgeDamage(damage, onDamage)
    return found instanceof ConverterError ? found : [found]
  }
  if (newTrackAtSeconds !== undefined) return [changed(newTrackAtSeconds)]
  if (!isShort) return []
  const canHaveGaps = timed.test(source.container) && !areGapsFilled && !isClockSet(run)
  return canHaveGaps ? 'gaps' : judgeShortage(run, complaints)
}

/** Containers whose stated length is what is left of the file, or counts what is lost. */
const statesWhatIsLeft = /^(mpegts|mpeg|ogg|aac)\b/

/** Whether all of the track is there although something is wrong with the file: other tracks are damaged. */
function isWholeAllTheSame(run: FinishedRun, { decodingErrors }: Complaints): boolean {
  const { length, source } = run
  if (length.source !== 'track' || length.seconds === undefined) return false
  if (statesWhatIsLeft.test(source.container)) return false
  return decodingErrors === 0 && isAsLong(run, tightToleranceSeconds)
}

/** Still shorter than stated when all gaps are filled. */
function judgeShortage(run: FinishedRun, { any }: Complaints): Verdict {
  const { audio, length, onDamage } = run
  const stated = length.seconds ?? 0
  if (isClockSet(run)) return [clockSet(stated - audio.durationSeconds)]
  // The rest of the container may be video without sound.
  if ((length.source === 'container' || isLateInPart(run)) && !any) return []
  const damage = {
    isCut: false,
    gotSeconds: audio.durationSeconds,
    statedSeconds: stated,
    decodingErrors: 0,
  }
  const found = judgeDamage(damage, onDamage)
  return found instanceof ConverterError ? found : [found]
}

/** Of a late track that is played in part, an MP4 may count the pause before it into its length. */
function isLateInPart({ audio, source, length }: FinishedRun): boolean {
  const { lateBySeconds } = source.length
  if (!/^mov\b/.test(source.container) || lateBySeconds <= 0) return false
  return audio.durationSeconds >= (length.seconds ?? 0) - lateBySeconds - toleranceSeconds
}

function isClockSet({ audio, length }: FinishedRun): boolean {
  const missing = (statedSeconds(length) ?? 0) - audio.durationSeconds
  return missing > maxGapsSeconds && missing > audio.durationSeconds * maxGapsShare
}

function clockSet(seconds: number): ConversionWarning {
  return { code: 'changed', ...explained('clock-jumps', { seconds }) }
}

function changed(atSeconds: number): ConversionWarning {
  return { code: 'changed', ...explained('track-changes', { atSeconds }) }
}

/** How much was read before ffmpeg gave up; it leaves an output without its last headers behind then. */
function readSeconds({ exit, audio }: FinishedRun): number {
  return Math.max(audio.durationSeconds, exit.written.endSeconds)
}

function isAsLong({ audio, length }: FinishedRun, tolerance: number): boolean {
  const seconds = statedSeconds(length) ?? 0
  return audio.durationSeconds >= seconds * (1 - toleranceShare) - tolerance
}

function lostOnDisk({ exit, audio }: FinishedRun): ConverterError {
  const message = `ffmpeg wrote ${exit.written.sizeBytes} bytes, but the file has ${audio.sizeBytes}`
  return new ConverterError('ERR_TOOL_FAILED', message)
}

function statedSeconds({ seconds, source }: AudioLength): number | undefined {
  return source === 'guess' ? undefined : seconds
}
