import type { Probe, ProbedStream } from './probe.ts'

/** The expected length of the audio, and how reliable it is. */
export interface AudioLength {
  /** Expected length, in seconds; `undefined` if the file states none. */
  seconds: number | undefined
  /** `track`: stated for this track; a shorter result means damage. `container`: stated for the whole file; the track
   *  may be shorter. `guess`: good enough for a progress bar only. */
  source: 'track' | 'container' | 'guess'
  /** Start of the track after the start of the file, in seconds. */
  lateBySeconds: number
}

/** Lowest bit rate of audio. A stated length that implies a lower one is wrong. */
const minBitsPerSecond = 100

/** Length of an audio track as the file states it.
 *  @param sizeBytes - size of the file */
export function audioLength(probe: Probe, audio: ProbedStream, sizeBytes: number): AudioLength {
  const believe = (seconds: number | undefined) =>
    seconds !== undefined && seconds > 0 && (sizeBytes * 8) / seconds >= minBitsPerSecond
      ? seconds
      : undefined
  const lateBySeconds = Math.max(0, (audio.start_time ?? 0) - (probe.startSeconds ?? 0))
  const ofTrack = believe(trackSeconds(audio, probe.container))
  const ofContainer = believe((probe.durationSeconds ?? 0) - lateBySeconds)
  const isTrusted = ofTrack !== undefined && !mayBeJump(audio, probe.container, ofTrack, sizeBytes)
  const source = probe.isLengthGuessed ? 'guess' : isTrusted ? 'track' : 'container'
  return { seconds: ofTrack ?? ofContainer, source, lateBySeconds }
}

/** Containers whose length is the last time stamp: a clock that was set makes hours of nothing. */
const timedByClock = /^(mpegts|mpeg|flv)$/

/** No recording whose time stamps jump is shorter than that, in seconds. */
const jumpSeconds = 3_600

/** Lowest bit rate of a file that is that long. */
const minLongBitsPerSecond = 4_000

/** Longest frame of sound, in seconds. */
const maxFrameSeconds = 0.5

/** Whether most of a stated length may be a jump of the time stamps. */
function mayBeJump(audio: ProbedStream, container: string, seconds: number, sizeBytes: number): boolean {
  if (seconds < jumpSeconds) return false
  if (audio.nb_frames) return seconds / audio.nb_frames > maxFrameSeconds
  return timedByClock.test(container) || (sizeBytes * 8) / seconds < minLongBitsPerSecond
}

function trackSeconds(audio: ProbedStream, container: string): number | undefined {
  // A truncated AVI: ffprobe computes the duration from the file's size, but the header still counts every frame.
  if (container === 'avi') return Math.max(audio.duration ?? 0, (audio.nb_frames ?? 0) * timeBase(audio))
  if (audio.duration !== undefined) return audio.duration
  // Matroska: the tag is the time at which the track ends.
  const endSeconds = clockSeconds(audio.tags.DURATION)
  return endSeconds === undefined ? undefined : endSeconds - Math.max(0, audio.start_time ?? 0)
}

function timeBase({ time_base = '' }: ProbedStream): number {
  const [numerator = 0, denominator = 1] = time_base.split('/').map(Number)
  return numerator / denominator || 0
}

/** @param clock - such as `00:00:10.023000000`. */
function clockSeconds(clock = ''): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(clock) ?? []
  return hours === undefined ? undefined : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
}
