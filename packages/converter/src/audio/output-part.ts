import { type ConversionOptions, explained } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import type { AudioLength } from './audio-length.ts'
import { tooLong } from './classify-failure.ts'

/** Tolerance of the longest length, in seconds: encoders round up. */
export const limitSlackSeconds = 1

/** Length of the part of the audio that is wanted: all of it, or what lies between `start` and `end`. Both count from
 *  the start of the file, as a player shows it.
 *  @throws {ConverterError} `ERR_PART_EMPTY`, `ERR_AUDIO_TOO_LONG` */
export function wantedLength(
  whole: AudioLength,
  { start = 0, end = Number.POSITIVE_INFINITY }: Pick<ConversionOptions, 'start' | 'end'>,
  { maxAudioSeconds }: { maxAudioSeconds: number },
): AudioLength {
  const { seconds, source, lateBySeconds } = whole
  const isPart = start > 0 || end < Number.POSITIVE_INFINITY
  const endOfAudio = seconds === undefined ? undefined : lateBySeconds + seconds
  // A guessed length, or one of the container, is no reason to refuse: ffmpeg stops at the limit.
  if (source === 'track' && endOfAudio !== undefined) {
    if (start >= endOfAudio) throw partEmpty(start, endOfAudio)
    const readSeconds = Math.min(endOfAudio, end) - lateBySeconds
    if (readSeconds > maxAudioSeconds + limitSlackSeconds) throw tooLong(maxAudioSeconds, seconds)
  }
  if (!isPart || endOfAudio === undefined) return whole
  const from = Math.max(start, lateBySeconds)
  const part = Math.max(0, Math.min(end, endOfAudio) - from)
  return { seconds: part, source, lateBySeconds: from }
}

/** @param endSeconds - where the audio ends, if that is known */
export function partEmpty(startSeconds: number, endSeconds?: number): ConverterError {
  return new ConverterError('ERR_PART_EMPTY', explained('part-empty', { startSeconds, endSeconds }))
}
